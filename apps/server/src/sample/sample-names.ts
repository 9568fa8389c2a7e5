/** Names for simulated learners: from many places, each once; what they are is said by the label beside them. */
const firstNames = [
  'Ada',
  'Amir',
  'Ana',
  'Aroha',
  'Ben',
  'Bilal',
  'Chen',
  'Chloe',
  'Dana',
  'Diego',
  'Elif',
  'Emil',
  'Fatima',
  'Felix',
  'Grace',
  'Hana',
  'Ines',
  'Ivan',
  'Jonas',
  'Kai',
  'Kofi',
  'Lena',
  'Lucia',
  'Malik',
  'Mara',
  'Mei',
  'Nia',
  'Noah',
  'Nour',
  'Olga',
  'Omar',
  'Priya',
  'Ravi',
  'Rosa',
  'Sam',
  'Sofia',
  'Tariq',
  'Tess',
  'Yuki',
  'Zoe',
];
const initials = 'BDGKMRSTW';

/** The name of simulated learner k, counted from 0; unique for k < 360. */
export function sampleName(k: number): string {
  const round = Math.floor(k / firstNames.length);
  return `${firstNames[k % firstNames.length]} ${initials[round % initials.length]}.`;
}
