import { afterAll } from 'vitest';
import { removeFolders } from './temporary-folder.js';

// vitest runs this before the tests of each file, of which many share a process and its modules
afterAll(removeFolders);
