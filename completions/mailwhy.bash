# bash completion for mailwhy
_mailwhy() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command= i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        reply | explain | rules | log | dns | audit) command=${COMP_WORDS[i]} && break ;;
        esac
    done
    case $previous in
    -f | --format) mapfile -t COMPREPLY < <(compgen -W "text markdown html json ndjson" -- "$word") && return ;;
    --color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$word") && return ;;
    -j | --jobs | --since | --until | --sender | --recipient | --domain | --queue-id | --message-id | --top | --ip | --helo | --selector | --server) return ;;
    --cause) mapfile -t COMPREPLY < <(compgen -W "$(mailwhy explain 2>/dev/null | awk '{ print $1 }')" -- "$word") && return ;;
    --trust) mapfile -t COMPREPLY < <(compgen -A hostname -- "$word") && return ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "--format --output --rules --no-builtin-rules --trust --redact --jobs --log --since --until --sender --recipient
            --domain --cause --queue-id --message-id --top --dns --ip --helo --selector --server
            --progress --no-progress --color --quiet --verbose --version --help" -- "$word")
    elif [[ $command == explain ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(mailwhy explain 2>/dev/null | awk '{ print $1 }')" -- "$word")
    elif [[ $command == rules && $previous == rules ]]; then
        mapfile -t COMPREPLY < <(compgen -W "check test list missing" -- "$word")
    elif [[ $command == dns && $previous == dns ]]; then
        mapfile -t COMPREPLY < <(compgen -W "needs capture show" -- "$word")
    elif [[ $command != reply ]]; then
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        [[ -z $command ]] && COMPREPLY+=($(compgen -W "reply explain rules log dns audit" -- "$word"))
    fi
}
complete -F _mailwhy mailwhy
