# SPDX-License-Identifier: Apache-2.0
# Completion of entente for bash. Install as /usr/share/bash-completion/completions/entente.
_entente() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' word
  local commands='code explain ingest events ledger sql lint eval train stages'
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
    'events --to') values='ndjson csv tsv table geojson gexf graphml' ;;
    'events --by') values='dyad' ;;
    'events --per') values='day month year all' ;;
    'ledger --to' | 'sql --to') values='ndjson csv tsv table' ;;
    *' --to') values='ndjson csv tsv table polecat icews petrarch gdelt' ;;
    'lint --lang' | 'eval --lang') values='en es pt' ;;
    *' --lang') values='auto en es pt' ;;
    *' --date-order') values='dmy mdy ymd' ;;
    *' --show') values='tokens conllu mentions events places counts notes' ;;
    *' --color') values='auto always never' ;;
    *' --kind') mapfile -t COMPREPLY < <(compgen -W 'relations recognition membership office sanction agreement meeting' -- "$current"); return ;;
    'eval eval') values='events syntax' ;;
    *' --date' | *' --actor' | *' --recipient' | *' --since' | *' --until' | *' --as-of' | *' --known-at' | *' --since-known' | *' --threads' | *' --min-confidence' | *' --only') return ;;
    *' --data') mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
  esac
  if [[ -n $values && $current != -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
    return
  fi
  local options=''
  case $command in
    code) options='--from --to --lang --date --date-order --threads --min-confidence --patterns-only --show --color --stats --data --quiet --help' ;;
    explain) options='--lang --date --data --quiet --help' ;;
    ingest) options='--store --from --lang --date --date-order --threads --min-confidence --data --quiet --help' ;;
    events) options='--store --actor --recipient --party --event --id --since --until --known-at --since-known --limit --why --by --per --no-sectors --to --data --quiet --help' ;;
    ledger) options='--store --kind --of --actor --state --as-of --known-at --since-known --past --why --to --data --quiet --help' ;;
    sql) options='--store --command --to --timeout --data --quiet --help' ;;
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
