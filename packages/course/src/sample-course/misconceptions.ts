/**
 * The misconceptions that the sample course's wrong answers betray, in words for the learner. Our own list; most are
 * classics of the literature on algebra errors (e.g. Booth, Barbieri, Eyer & Paré-Blagoev, Persistent and pernicious
 * errors in algebraic problem solving, Journal of Problem Solving 7, 2014).
 */
import type { Misconception } from '../items/item.ts';

const CATALOGUE = {
  'drops-carry': [
    'Forgetting the carry',
    'Each digit was multiplied on its own, and what had to be carried was left out.',
  ],
  'adds-instead': [
    'Adding instead of multiplying',
    'The numbers were added. Multiplying means taking one of them several times.',
  ],
  'subtracts-instead': [
    'Subtracting instead of dividing',
    'One subtraction takes the number away once. Dividing asks how often it fits.',
  ],
  'table-slip': [
    'One row off in the times table',
    'The answer is one row away in the times table. Multiply back to check.',
  ],
  'gcf-lcm-mixup': [
    'Mixing up factor and multiple',
    'A common factor divides both numbers; a common multiple is divided by both.',
  ],
  'stops-at-common-factor': [
    'Stopping at the first common factor',
    'This divides both numbers, but a greater number does too.',
  ],
  'multiplies-for-lcm': [
    'Always multiplying for the common multiple',
    'The product is a common multiple, but with a shared factor there is a smaller one.',
  ],
  'ignores-bars': ['Overlooking the absolute value', 'The bars ask for the distance from 0, which is never negative.'],
  'bars-each-part': [
    'Making every part positive',
    'Work out what stands between the bars first, then take its distance from 0.',
  ],
  'adds-sizes': [
    'Adding sizes of opposite signs',
    'With opposite signs the two numbers pull in opposite directions: find the difference of their sizes.',
  ],
  'wrong-sign': ['Right size, wrong sign', 'The size is right. Decide the sign in a step of its own.'],
  'double-minus': [
    'Leaving two minus signs as one',
    'Taking away a negative number is the same as adding its opposite.',
  ],
  'sign-of-product': [
    'Sign of a product or quotient',
    'Equal signs give a positive result, different signs a negative one.',
  ],
  'adds-to-both': [
    'Adding the same to top and bottom',
    'A fraction keeps its value when top and bottom are multiplied by the same number, not when the same is added.',
  ],
  'reports-factor': [
    'Giving the factor instead of the result',
    'This is the number to multiply by. Now multiply the top by it.',
  ],
  'stops-simplifying': ['Stopping before lowest terms', 'Top and bottom still share a factor.'],
  'subtracts-from-both': [
    'Subtracting the common factor',
    'Divide top and bottom by the common factor. Subtracting it changes the value.',
  ],
  'adds-denominators': [
    'Adding top and top, bottom and bottom',
    'The bottom says what kind of parts they are. Kinds are not added: find a common bottom first.',
  ],
  'multiplies-tops': ['Multiplying the tops of a sum', 'Parts of one kind are counted together: add the tops.'],
  'common-denominator-only': [
    'Changing the bottom but not the top',
    'When the bottom is multiplied, the top has to be multiplied by the same number.',
  ],
  'subtracts-denominators': [
    'Subtracting top and top, bottom and bottom',
    'Find a common bottom first; then subtract the tops and keep the bottom.',
  ],
  'flips-when-multiplying': [
    'Turning a fraction over when multiplying',
    'Only a division turns the second fraction over.',
  ],
  'no-flip': ['Dividing without turning over', 'Dividing by a fraction is multiplying by it turned over.'],
  'flips-first': ['Turning over the wrong fraction', 'The fraction that one divides by is turned over: the second.'],
  'ratio-order': ['Swapping the order of a ratio', 'The first quantity named goes on top.'],
  'multiplies-for-rate': ['Multiplying to get a rate', 'A rate per one is found by dividing.'],
  'inverts-rate': ['Dividing the wrong way round', 'For "so much per one", divide by the number of ones.'],
  'additive-proportion': [
    'Adding where quantities grow by a factor',
    'In a proportion both sides are multiplied by the same number; equal differences do not keep it.',
  ],
  'cross-multiplies-wrong': [
    'Pairing the wrong numbers',
    'Multiply crosswise: each top with the bottom of the other side.',
  ],
  'percent-place-value': ['Percent as tenths', 'Percent means out of a hundred: divide by 100.'],
  'subtracts-percent': [
    'Taking the percent away as a number',
    'A percentage is a share of the whole; find the share first.',
  ],
  'difference-as-percent': ['Taking the difference for the percent', 'Compare the change with the starting value.'],
  'wrong-base': ['Comparing with the new value', 'A percent change is a share of the old value.'],
  'multiplies-exponent': ['Multiplying base and exponent', 'The exponent counts how many times the base is a factor.'],
  'swaps-base': ['Swapping base and exponent', 'The small raised number counts the factors; the base is the factor.'],
  'left-to-right': ['Working from left to right', 'Multiplication and division come before addition and subtraction.'],
  'adds-before-subtracts': [
    'Adding before subtracting',
    'Addition and subtraction have the same rank: go from left to right.',
  ],
  'squares-each-part': [
    'Squaring each part of a sum',
    'A sum is squared by multiplying it by itself; there is a middle term too.',
  ],
  'multiplies-before-power': [
    'Multiplying before the power',
    'The power belongs to the bracket alone and comes before the multiplication.',
  ],
  'negative-square': [
    'Squaring without the sign',
    'A negative number times itself is positive: put it in brackets before squaring.',
  ],
  'drops-sign': ['Losing a minus sign', 'A minus sign got lost on the way.'],
  'reverses-less-than': ['Reading "less than" from left to right', '"5 less than n" starts with n and takes 5 away.'],
  'forgets-grouping': ['Leaving out the brackets', 'The sum as a whole is multiplied, so it needs brackets.'],
  'combines-unlike': ['Combining unlike terms', 'Only terms with the same letters and powers can be added.'],
  'adds-exponents-of-like-terms': [
    'Adding exponents of like terms',
    'Adding like terms counts them: the power stays as it is.',
  ],
  'distributes-first-only': ['Multiplying only the first term', 'The factor belongs to every term in the bracket.'],
  'adds-instead-of-distributing': [
    'Adding the factor to the terms',
    'The factor before the bracket multiplies each term.',
  ],
  'sign-of-last-term': ['Wrong sign on the last term', 'Multiply the signs too: minus times minus is plus.'],
  'same-operation': [
    'Repeating the operation instead of undoing it',
    'Do the opposite on both sides: undo + with -, and times with divide.',
  ],
  'subtracts-coefficient': ['Subtracting the factor', 'A factor is undone by dividing.'],
  'stops-early': ['Stopping one step early', 'The variable is not alone yet.'],
  'adds-x-terms': [
    'Moving a term without changing its sign',
    'A term that leaves one side has to be subtracted from both.',
  ],
  'divides-instead': ['Dividing where multiplying undoes', 'A division is undone by multiplying both sides.'],
  'clears-first-term-only': ['Multiplying only one term of a side', 'When a side is multiplied, each of its terms is.'],
  'zero-is-no-solution': ['Taking x = 0 for no solution', '0 is a number like any other: x = 0 is a solution.'],
  'identity-mixup': [
    'Mixing up never true and always true',
    'When the variable drops out, look at what is left: a false line means no solution, a true one means all numbers.',
  ],
  'always-one-solution': ['Expecting exactly one solution', 'Equations can also have none, or infinitely many.'],
  'ignores-fixed-part': ['Overlooking the fixed part', 'Take the fixed part away before dividing.'],
  'forgets-flip': [
    'Not turning the sign around',
    'Multiplying or dividing by a negative number turns the inequality sign around.',
  ],
  'flips-needlessly': [
    'Turning the sign around without need',
    'The sign turns around only when multiplying or dividing by a negative number.',
  ],
  'swaps-coordinates': ['Swapping the coordinates', 'The first number goes left or right, the second up or down.'],
  'adds-before-multiplying': ['Adding before multiplying', 'Multiply by x first, then add.'],
  'run-over-rise': ['Run over rise', 'Slope is the change of y divided by the change of x.'],
  'mixes-point-order': ['Subtracting in different orders', 'Use the same order of the points on top and below.'],
  'slope-intercept-mixup': ['Mixing up slope and intercept', 'The slope is the number that multiplies x.'],
  'reads-unsolved': [
    'Reading the slope before solving for y',
    'The slope is the number with x only when y stands alone.',
  ],
  'confuses-intercepts': ['Mixing up the intercepts', 'The x-intercept has y = 0; the y-intercept has x = 0.'],
  'point-as-intercept': [
    'Taking the point for the intercept',
    'The y-intercept is the value at x = 0, not the y of a given point.',
  ],
  'same-slope-for-perpendicular': [
    'Giving perpendicular lines the same slope',
    'Parallel lines share the slope; perpendicular ones turn it over and change its sign.',
  ],
  'only-flips-slope': [
    'Turning over without changing the sign',
    'A perpendicular slope is turned over and has the other sign.',
  ],
  'only-negates-slope': [
    'Changing the sign without turning over',
    'A perpendicular slope has the other sign and is turned over.',
  ],
  'sign-of-second-unknown': [
    'Sign slip in the second unknown',
    'Put both values into both equations to check the sign.',
  ],
  'parallel-mixup': [
    'Mixing up parallel and identical lines',
    'Same slope: compare the intercepts. Different ones never meet, equal ones meet everywhere.',
  ],
  'answers-other-unknown': [
    'Answering with the other unknown',
    'The value is right for the other unknown. Read the question again.',
  ],
  'averages-prices': ['Treating both kinds as equally many', 'Nothing says that there are equally many of both.'],
  'multiplies-exponents': [
    'Multiplying exponents in a product',
    'A product of powers counts all factors: add the exponents.',
  ],
  'adds-coefficients': ['Adding the numbers in front', 'The numbers in front are factors: multiply them.'],
  'divides-exponents': ['Dividing exponents', 'Common factors cancel one by one: subtract the exponents.'],
  'adds-in-quotient': ['Adding exponents in a quotient', 'Dividing takes factors away: subtract the exponents.'],
  'adds-in-power-of-power': [
    'Adding exponents in a power of a power',
    'The power is repeated as a factor: multiply the exponents.',
  ],
  'power-misses-coefficient': [
    'Raising only the letter to the power',
    'The exponent belongs to every factor in the bracket, the number too.',
  ],
  'multiplies-coefficient-by-exponent': [
    'Multiplying the number by the exponent',
    'The number in the bracket is raised to the power too, not multiplied by it.',
  ],
  'negative-exponent-negative-number': [
    'Negative exponent, negative number',
    'A negative exponent means one divided by the power; it does not change the sign.',
  ],
  'point-wrong-way': [
    'Moving the decimal point the wrong way',
    'A positive power of ten makes the number larger, a negative one smaller.',
  ],
  'counts-zeros': [
    'Counting zeros instead of places',
    'The exponent counts places that the point moves, not zeros to write.',
  ],
  'subtracts-first-only': ['Subtracting only the first term', 'The minus sign belongs to every term in the bracket.'],
  'keeps-exponent': ['Keeping the exponent when multiplying letters', 'x times x is x squared: add the exponents.'],
  'first-and-last-only': [
    'Multiplying only first and last terms',
    'Each term of one bracket meets each term of the other: four products.',
  ],
  'adds-constants': ['Adding the constants', 'The constant term is the product of the constants.'],
  'forgets-double': ['Forgetting to double the middle term', 'The middle term comes twice: once from each order.'],
  'leaves-term-undivided': ['Dividing only the first term', 'The common factor is taken out of every term.'],
  'incomplete-factor': [
    'Stopping before the factoring is complete',
    'What is left in the bracket still has a common factor.',
  ],
  'signs-of-factors': ['Signs of the factors', 'Multiply out to check: the middle term decides the signs.'],
  'swaps-sum-and-product': [
    'Swapping sum and product',
    'The two numbers multiply to the last term and add to the middle one.',
  ],
  'misplaces-constants': [
    'Constants in the wrong brackets',
    'The outer and inner products have to add to the middle term.',
  ],
  'square-of-difference': [
    'Taking a difference of squares for a square',
    'A difference of squares is a sum times a difference.',
  ],
  'sign-of-zero': [
    'Reading the solution with the wrong sign',
    'A factor is zero where its letter has the opposite of the number: x + 3 = 0 at x = -3.',
  ],
  'forgets-negative-root': [
    'Forgetting the negative root',
    'Two numbers have the same square: one positive, one negative.',
  ],
  'halves-instead-of-root': [
    'Halving instead of taking the root',
    'The root asks which number times itself gives this.',
  ],
  'sign-of-b': ['Forgetting the minus before b', 'The formula starts with the opposite of b.'],
  'sign-in-discriminant': ['Wrong sign under the root', 'Under the root stands b squared minus 4ac.'],
  'discriminant-count': [
    'Reading the discriminant wrongly',
    'Positive: two real solutions. Zero: one. Negative: none.',
  ],
  'forgets-to-square-half': ['Forgetting to square the half', 'Halve the number with x, then square it.'],
  'forgets-to-halve': ['Forgetting to halve', 'Halve the number with x before squaring.'],
  'zero-of-top': ['Looking at the top', 'A fraction is undefined where its bottom is zero.'],
  'cancels-terms': [
    'Cancelling terms instead of factors',
    'Only factors of the whole top and bottom cancel. Factor first.',
  ],
  'cancels-everything': ['Cancelling all letters', 'Only as many factors cancel as stand on both sides of the bar.'],
  'root-of-sum': [
    'Taking roots of a sum one by one',
    'Add under the root first: the root of a sum is not the sum of roots.',
  ],
  'takes-out-square': [
    'Taking out the square instead of its root',
    'What leaves the root is the root of the square factor.',
  ],
  'swaps-in-and-out': [
    'Swapping inside and outside of the root',
    'The square factor leaves the root; the rest stays under it.',
  ],
  'adds-radicands': ['Adding under the roots', 'Like roots are counted together, as like terms are.'],
  'drops-root': [
    'Dropping the root',
    'Root of m times root of m is m, but the top has to be multiplied by the root too.',
  ],
  'multiplies-top-only': ['Multiplying only the top', 'To keep the value, multiply top and bottom by the same root.'],
} as const satisfies Record<string, readonly [name: string, description: string]>;

export type MisconceptionId = keyof typeof CATALOGUE;

export const misconceptions: readonly Misconception[] = Object.entries(CATALOGUE).map(([id, [name, description]]) => ({
  id,
  name,
  description,
}));
