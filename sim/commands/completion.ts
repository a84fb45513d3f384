import { type CompletionArguments, completionWord } from './declarations/completion.js';
import { ExitCode } from './line/exit-code.js';
import type { Terminal } from './terminal/terminal.js';

/** Each shell calls `sim` with the words so far and reads lines of `word TAB meaning`. */
const scripts: Readonly<Record<CompletionArguments['shell'], string>> = {
  bash: `# completion of sim in bash
_sim_complete() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(sim ${completionWord} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ COMP_CWORD -gt 1 && -e \${COMPREPLY[0]} ]]; then
    # the shell puts the slash behind folders itself
    compopt -o filenames
    COMPREPLY=("\${COMPREPLY[@]%/}")
  fi
}
complete -o bashdefault -o default -F _sim_complete sim`,
  zsh: `# completion of sim in zsh
_sim_complete() {
  local line
  local -a found shown folders
  for line in "\${(@f)$(sim ${completionWord} "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      */$'\\t'*) folders+=("\${line%%$'\\t'*}") ;;
      ?*) found+=("\${line%%$'\\t'*}"); shown+=("\${line/$'\\t'/  }") ;;
    esac
  done
  (( \${#folders} )) && compadd -S '' -- "\${folders[@]}"
  (( \${#found} )) && compadd -l -d shown -- "\${found[@]}"
}
compdef _sim_complete sim`,
  fish: `# completion of sim in fish
function __sim_complete
  set -l words (commandline -opc)
  sim ${completionWord} $words[2..-1] "$(commandline -ct)" 2>/dev/null
end
complete -c sim -f -a '(__sim_complete)'`,
};

/** `sim completion`: prints the script of a shell. */
export function completionCommand({ shell }: CompletionArguments, terminal: Terminal): number {
  for (const line of scripts[shell].split('\n')) terminal.print(line);
  return ExitCode.fine;
}
