/** Misconceptions about expressions, equations, lines and functions: id -> name, and words for the learner. */
export const ALGEBRA = {
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
