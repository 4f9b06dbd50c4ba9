# SPDX-License-Identifier: Apache-2.0
# Completion of entente for bash. Install as /usr/share/bash-completion/completions/entente.
_entente() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' word
  local commands='code explain lint eval train stages'
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " $commands " in *" $word "*) command=$word; break ;; esac
  done
  COMPREPLY=()
  if [[ -z $command ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$current")
    return
  fi
  local values=''
  case "$command $previous" in
    *' --from') values='auto text markdown html ndjson csv feed' ;;
    *' --to') values='ndjson csv tsv table polecat icews petrarch gdelt' ;;
    'lint --lang' | 'eval --lang') values='en es pt' ;;
    *' --lang') values='auto en es pt' ;;
    *' --date-order') values='dmy mdy ymd' ;;
    *' --show') values='tokens conllu mentions events notes' ;;
    *' --color') values='auto always never' ;;
    'eval eval') values='events syntax' ;;
    *' --date' | *' --threads' | *' --only') return ;;
    *' --data') mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
  esac
  if [[ -n $values && $current != -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
    return
  fi
  local options=''
  case $command in
    code) options='--from --to --lang --date --date-order --threads --patterns-only --show --color --stats --data --quiet --help' ;;
    explain) options='--lang --date --data --quiet --help' ;;
    lint) options='--lang --only --no-examples --threads --data --quiet --help' ;;
    eval) options='--lang --gold-tokens --data --quiet --help' ;;
    train) options='--data --quiet --help' ;;
    stages) options='--help' ;;
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -o bashdefault -F _entente entente
