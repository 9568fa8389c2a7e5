/** Misconceptions about numbers, fractions, percent and powers: id -> name, and words for the learner. */
export const ARITHMETIC = {
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
} as const satisfies Record<string, readonly [name: string, description: string]>;
