# bash completion for mailwhy. The program itself says what can stand at the cursor: it knows its commands and options.
_mailwhy() {
    local word=${COMP_WORDS[COMP_CWORD]} words=() offers kind offer i
    for ((i = 1; i <= COMP_CWORD; i++)); do
        # bash has split --option=argument at the equals sign
        if [[ ${COMP_WORDS[i]} == "=" || ${COMP_WORDS[i - 1]} == "=" ]] && ((${#words[@]})); then
            words[-1]+=${COMP_WORDS[i]}
        else
            words+=("${COMP_WORDS[i]}")
        fi
    done
    [[ $word == "=" ]] && word=
    mapfile -t offers < <(mailwhy __complete -- "${words[@]}" 2>/dev/null)
    kind=${offers[0]:-files}
    COMPREPLY=()
    for offer in "${offers[@]:1}"; do
        offer=${offer%%$'\t'*}
        [[ $offer == "$word"* ]] && COMPREPLY+=("$offer")
    done
    case $kind in
    files)
        compopt -o filenames
        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$word")
        ;;
    hosts) mapfile -t COMPREPLY < <(compgen -A hostname -- "$word") ;;
    esac
}
complete -F _mailwhy mailwhy
