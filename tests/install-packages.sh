# install_packages LIST PURPOSE... installs the packages of a packages.txt that are missing, on systems
# with apt; asks sudo only when the user is not root. Elsewhere, and when nothing is missing, it is silent.
install_packages() {
    list=$1
    shift
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
    missing=
    for purpose; do
        for package in $(sed -n "s/^$purpose[[:blank:]]*//p" "$list"); do
            dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
        done
    done
    [ -n "$missing" ] || return 0
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    echo "installing:$missing" >&2
    # shellcheck disable=SC2086
    $sudo apt-get update -qq >&2 &&
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
        echo "the packages above could not be installed; without them the build may fail" >&2
        return 1
    }
}
