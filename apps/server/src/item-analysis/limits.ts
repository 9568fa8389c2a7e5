/** How much an analysis takes at once, and how little is too little; the rule is stated beside its figures. */

/** A table of 5,000 learners x 200 exercises is a megabyte, and seconds of work. */
export const MOST_ITEMS = 200;
export const MOST_LEARNERS = 5000;
/** First answers an exercise needs: below, the standard error of its difficulty is above .4 of a standard deviation. */
export const LEAST_ANSWERS = 30;
export const LEAST_ITEMS = 5;
/** Exercises a learner must have answered to be placed among the others. */
export const LEAST_OF_LEARNER = 3;
/** 200 answers an item suffice for the two-parameter model (Drasgow 1989, Applied Psychological Measurement 13, 77-90). */
export const ANSWERS_FOR_SLOPES = 200;
/** Learners and answers an item needs of each group before they are compared. */
export const LEAST_OF_GROUP = 30;

/** Latest answers of a learner to an exercise that tell of misconceptions held now. */
export const OCCASIONS = 4;
/** Learners whose misconceptions are estimated: those who practised last. */
export const MOST_PRACTISING = 20_000;
/** The model of misconceptions is fitted on so many of them. */
export const MOST_FITTED = 1000;
/** With fewer there is no class to learn from. */
export const LEAST_PRACTISING = 5;

export const coverageRule =
  `At most ${MOST_ITEMS} exercises, those with the most first answers (at least ${LEAST_ANSWERS}), and at most ` +
  `${MOST_LEARNERS} learners who answered ${LEAST_OF_LEARNER} of them or more, drawn by a hash of their number.`;
