/* Landlock by its system calls: see landlock.h. The C library has no functions for them, and headers may be
 * older than the kernel: what version 1 does not have is defined here. */
#define _GNU_SOURCE
#include "parsers/sandbox/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct landlock_ruleset_attr as it is since version 6; older kernels get less of it. */
struct rules {
    uint64_t files, network, scopes;
};

#define CONNECTING 0x2 /* of TCP */

/* What each version added. */
static const struct {
    struct rules adds;
    size_t size; /* of the struct */
} versions[] = {
    {{0x1fff, 0, 0}, 8},  /* 1: all that existed */
    {{0x2000, 0, 0}, 8},  /* 2: linking to and from other folders */
    {{0x4000, 0, 0}, 8},  /* 3: truncating */
    {{0, 0x3, 0}, 16},    /* 4: binding and connecting of TCP */
    {{0x8000, 0, 0}, 16}, /* 5: ioctl of devices */
    {{0, 0, 0x3}, 24},    /* 6: abstract sockets, signals */
};
#define VERSIONS (sizeof versions / sizeof versions[0])

int landlock_version(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

static int create(bool connects) {
    struct rules rules = {0};
    size_t size = 0;
    int version = landlock_version();
    for (size_t i = 0; i < VERSIONS && (int)i < version; i++) {
        rules.files |= versions[i].adds.files;
        rules.network |= versions[i].adds.network;
        rules.scopes |= versions[i].adds.scopes;
        size = versions[i].size;
    }
    if (connects)
        rules.network &= ~(uint64_t)CONNECTING;
    return version ? (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0) : -1;
}

static void allow(int rules, const char *path) {
    struct landlock_path_beneath_attr below = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE};
    below.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (below.parent_fd < 0)
        return;
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
    close(below.parent_fd);
}

bool landlock_limit(const char *const *system, const char *const *readable, bool connects) {
    int rules = create(connects);
    if (rules < 0)
        return false;
    for (; system && *system; system++)
        allow(rules, *system);
    for (; readable && *readable; readable++)
        allow(rules, *readable);
    bool is_limited = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return is_limited;
}
