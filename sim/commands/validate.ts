import { z } from 'zod';
import { type Fault, InvalidInput } from '../scenario/faults.js';
import { loadScenario } from '../scenario/load.js';
import { print } from './output.js';

export const validateArguments = z.object({
  scenarios: z.array(z.string().min(1)).min(1),
  set: z.array(z.string()).default([]),
  allowPath: z.array(z.string()).default([]),
  json: z.boolean().default(false),
});

/** `sim validate`: checks scenarios and runs nothing; throws InvalidInput with the faults of all of them. */
export async function validate(options: z.output<typeof validateArguments>): Promise<void> {
  const faults: Fault[] = [];
  const valid: { name: string; question: string }[] = [];
  for (const file of options.scenarios) {
    try {
      const { name, question } = loadScenario(file, { set: options.set, allowPaths: options.allowPath });
      valid.push({ name, question });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      faults.push(...error.faults);
    }
  }
  if (options.json && faults.length === 0) process.stdout.write(`${JSON.stringify(valid, null, 2)}\n`);
  else for (const { name, question } of valid) print(`ok ${name}: ${question}`);
  if (faults.length > 0) throw new InvalidInput(faults);
}
