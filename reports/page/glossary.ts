/** What the words of a report mean; the report prints them at its end. */
export const glossary: readonly { readonly term: string; readonly meaning: string }[] = [
  { term: 'Node', meaning: 'A machine, or an identity that claims to be one, that takes jobs.' },
  { term: 'Cohort', meaning: 'The nodes of one entry of the scenario’s fleet: the same hardware, stake and strategy.' },
  {
    term: 'Job',
    meaning: 'A piece of work that a client pays for; it may need several results before it is accepted.',
  },
  { term: 'Score', meaning: 'The number by which the reputation model ranks a node; higher is better.' },
  { term: 'Stake', meaning: 'Tokens that a node has deposited and may lose.' },
  {
    term: 'Slashing',
    meaning: 'Taking a part of a node’s stake for what it did or left undone, such as a wrong or a late result.',
  },
  { term: 'Jail', meaning: 'A time in which a node gets no jobs; ejection is for good.' },
  { term: 'Reference hour', meaning: 'Work that takes the reference card one hour; makes unlike hardware comparable.' },
  {
    term: 'Warm-up',
    meaning: 'The start of the run, which metrics leave out unless they say that they count the whole run.',
  },
  { term: 'Replication', meaning: 'One run of the same scenario with random streams of its own.' },
  { term: 'Fingerprint', meaning: 'A checksum of what happened in a run: the same seed must give the same one.' },
];
