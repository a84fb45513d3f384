/** What the words of a report mean; the report prints them at its end. */
export const glossary: readonly { readonly term: string; readonly meaning: string }[] = [
  { term: 'Node', meaning: 'A machine, or an identity that claims to be one, that takes jobs.' },
  { term: 'Cohort', meaning: 'The nodes of one entry of the scenario’s fleet: the same hardware, stake and strategy.' },
  {
    term: 'Job',
    meaning: 'A piece of work that a client pays for; it may need several results before it is accepted.',
  },
  { term: 'Operator', meaning: 'Who owns nodes, pays for their machines and is paid for their work.' },
  { term: 'Strategy', meaning: 'How an operator behaves: honestly, or as one of the kinds of attackers.' },
  {
    term: 'Attackers',
    meaning: 'Cohorts whose strategy isn’t honest; their lines are dashed, and their names say so.',
  },
  { term: 'Attempt', meaning: 'One node’s try at a job; a job may take several.' },
  { term: 'Verification', meaning: 'How the network finds out whether a result is right; it can be wrong itself.' },
  { term: 'Latency', meaning: 'Time from a job’s submission until its accepted result arrives.' },
  {
    term: 'Utilisation',
    meaning: 'The share of the time in which machines were up that they spent working on jobs.',
  },
  { term: 'Median', meaning: 'Half of the values lie below it, half above.' },
  { term: 'Score', meaning: 'The number by which the reputation model ranks a node; higher is better.' },
  { term: 'Stake', meaning: 'Tokens that a node has deposited and may lose.' },
  {
    term: 'Slashing',
    meaning: 'Taking a part of a node’s stake, or of a bond, for what it did or left undone, such as a wrong result.',
  },
  { term: 'Bond', meaning: 'Tokens that are locked for one attempt beside the stake, until the job is settled.' },
  {
    term: 'Return on capital',
    meaning: 'Profit as a share of the outlay and the most that each operator had locked at once, over the whole run.',
  },
  { term: 'Profit', meaning: 'What an operator gained less what it paid, capital included; the accounts show how.' },
  { term: 'Jail', meaning: 'A time in which a node gets no jobs; ejection is for good.' },
  { term: 'Reference hour', meaning: 'Work that takes the reference card one hour; makes unlike hardware comparable.' },
  {
    term: 'Warm-up',
    meaning: 'The start of the run, which metrics leave out unless they say that they count the whole run.',
  },
  {
    term: 'Window',
    meaning: 'The part of the run that a figure speaks of; it stands behind the figure’s name.',
  },
  { term: 'Replication', meaning: 'One run of the same scenario with random streams of its own.' },
  { term: 'Fingerprint', meaning: 'A checksum of what happened in a run: the same seed must give the same one.' },
];
