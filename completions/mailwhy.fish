# fish completion for mailwhy. The program itself says what can stand at the cursor: it knows its commands and options.
function __mailwhy_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l prefix (string match -r -- '^--[^=]*=' $words[-1])
    set -l word (string replace -r -- '^--[^=]*=' '' $words[-1])
    set -l offers (command mailwhy __complete -- $words[2..-1] 2>/dev/null)
    set -l kind $offers[1]
    test (count $offers) -gt 1; and printf "$prefix%s\n" $offers[2..-1]
    switch "$kind"
        case files ''
            printf "$prefix%s\n" (__fish_complete_path $word)
        case hosts
            printf "$prefix%s\n" (__fish_print_hostnames)
    end
end
complete -c mailwhy -f -a '(__mailwhy_complete)'
