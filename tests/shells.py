"""What a shell offers where Tab is pressed."""
import subprocess

BASH = r"""
source "$1"; compopt() { :; }
read -ra COMP_WORDS <<< "${2//=/ = }"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _mailwhy; printf '%s\n' "${COMPREPLY[@]}"
"""

# A terminal of its own, as only there does zsh complete.
ZSH = r"""
zmodload zsh/zpty
zpty -b z zsh -f -i
w() { zpty -w z "$1"; }
w "PS1=; fpath=(${1:h} \$fpath); autoload -U compinit; compinit -u -D; bindkey '^I' complete-word; setopt no_beep; unset zle_bracketed_paste"
w "compdef _mailwhy mailwhy; print REA''DY"
while zpty -r z line; do [[ $line == *READY* ]] && break; done
zpty -w -n z "$2"$'\t'
for i in {1..50}; do
    sleep 0.1
    zpty -r -t z line && { print -r -- "$line"; [[ $line == *"$3"* ]] && break; }
done
zpty -d z
"""


def complete(shell, script, typed, offer, environment):
    """What it offers behind `typed`, with this completion script; reading ends when `offer` is seen."""
    commands = {
        "bash": ["bash", "-c", BASH, "-", script, typed],
        "zsh": ["zsh", "-f", "-c", ZSH, "-", script, typed, offer],
        "fish": ["fish", "-N", "-c", f"source {script}; complete -C '{typed}'"],
    }
    done = subprocess.run(list(map(str, commands[shell])), capture_output=True, text=True, env=environment)
    return done.stdout + done.stderr
