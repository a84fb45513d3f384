/** Numbers as people read them: the report writes them the same way as the terminal. */
export { type Figure, toFigure, toNumber, toNumberBeside, toPhrase } from '../reports/figure.js';
