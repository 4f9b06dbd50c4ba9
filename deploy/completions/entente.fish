# SPDX-License-Identifier: Apache-2.0
# Completion of entente for fish. Install as /usr/share/fish/vendor_completions.d/entente.fish.
set -l commands code explain lint eval train stages
complete -c entente -n "not __fish_seen_subcommand_from $commands" -f -l version -d 'Version'
complete -c entente -s h -l help -d 'Help'

complete -c entente -n "not __fish_seen_subcommand_from $commands" -f -a code -d 'Reports in, events out'
complete -c entente -n '__fish_seen_subcommand_from code' -x -l from -a 'auto text markdown html ndjson csv feed' -d 'Form of the input'
complete -c entente -n '__fish_seen_subcommand_from code' -x -l to -a 'ndjson csv tsv table polecat icews petrarch gdelt' -d 'Form of the output'
complete -c entente -n '__fish_seen_subcommand_from code' -x -l lang -a 'auto en es pt' -d 'Language of the reports'
complete -c entente -n '__fish_seen_subcommand_from code' -x -l date -d 'Date of the reports, YYYY-MM-DD'
complete -c entente -n '__fish_seen_subcommand_from code' -x -l date-order -a 'dmy mdy ymd' -d 'How 11/01/2019 is read'
complete -c entente -n '__fish_seen_subcommand_from code' -x -l threads -d 'Threads'
complete -c entente -n '__fish_seen_subcommand_from code' -l patterns-only -d 'No events of the proposing model'
complete -c entente -n '__fish_seen_subcommand_from code' -x -l show -a 'tokens conllu mentions events notes' -d 'Print a layer instead'
complete -c entente -n '__fish_seen_subcommand_from code' -x -l color -a 'auto always never' -d 'Colours of the table'
complete -c entente -n '__fish_seen_subcommand_from code' -l stats -d 'Print words and words/s at the end'
complete -c entente -n '__fish_seen_subcommand_from code' -r -l data -a '(__fish_complete_directories)' -d 'Folder that holds data and models'
complete -c entente -n '__fish_seen_subcommand_from code' -s q -l quiet -d 'No progress, no summary'

complete -c entente -n "not __fish_seen_subcommand_from $commands" -f -a explain -d 'Why, or why not'
complete -c entente -n '__fish_seen_subcommand_from explain' -x -l lang -a 'auto en es pt' -d 'Language'
complete -c entente -n '__fish_seen_subcommand_from explain' -x -l date -d 'Date of the report, YYYY-MM-DD'
complete -c entente -n '__fish_seen_subcommand_from explain' -r -l data -a '(__fish_complete_directories)' -d 'Folder that holds data and models'
complete -c entente -n '__fish_seen_subcommand_from explain' -s q -l quiet -d 'No progress, no summary'

complete -c entente -n "not __fish_seen_subcommand_from $commands" -f -a lint -d 'Check data and run examples'
complete -c entente -n '__fish_seen_subcommand_from lint' -x -l lang -a 'en es pt' -d 'Language'
complete -c entente -n '__fish_seen_subcommand_from lint' -x -l only -d 'Only patterns whose id contains this'
complete -c entente -n '__fish_seen_subcommand_from lint' -l no-examples -d 'Check the data only'
complete -c entente -n '__fish_seen_subcommand_from lint' -x -l threads -d 'Threads'
complete -c entente -n '__fish_seen_subcommand_from lint' -r -l data -a '(__fish_complete_directories)' -d 'Folder that holds data and models'
complete -c entente -n '__fish_seen_subcommand_from lint' -s q -l quiet -d 'No progress, no summary'

complete -c entente -n "not __fish_seen_subcommand_from $commands" -f -a eval -d 'Measure against gold files'
complete -c entente -n '__fish_seen_subcommand_from eval' -a 'events syntax'
complete -c entente -n '__fish_seen_subcommand_from eval' -x -l lang -a 'en es pt' -d 'Language'
complete -c entente -n '__fish_seen_subcommand_from eval' -l gold-tokens -d 'Keep the tokens of the gold file'
complete -c entente -n '__fish_seen_subcommand_from eval' -r -l data -a '(__fish_complete_directories)' -d 'Folder that holds data and models'
complete -c entente -n '__fish_seen_subcommand_from eval' -s q -l quiet -d 'No progress, no summary'

complete -c entente -n "not __fish_seen_subcommand_from $commands" -f -a train -d 'Train models'
complete -c entente -n '__fish_seen_subcommand_from train' -r -l data -a '(__fish_complete_directories)' -d 'Folder that holds data and models'
complete -c entente -n '__fish_seen_subcommand_from train' -s q -l quiet -d 'No progress, no summary'

complete -c entente -n "not __fish_seen_subcommand_from $commands" -f -a stages -d 'Print the stages in their order'
