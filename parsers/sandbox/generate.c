/* Makes C of the table of calls: a filter of Berkeley packets for each row of enum sandbox_filter, by
 * libseccomp, which so is needed only where mailwhy is built, and costs nothing when it starts.
 *     mailwhy-sandboxc FILE [BUILD]...      BUILD: kinds of builds whose rows are taken as well */
#define _GNU_SOURCE
#include "parsers/sandbox/calls.h"

#include <linux/filter.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MOST_INSTRUCTIONS 4096

static const char *const names[] = {
    [FILTER_READER] = "FILTER_READER",   [FILTER_READER_FILES] = "FILTER_READER_FILES",
    [FILTER_WORKER] = "FILTER_WORKER",   [FILTER_WORKER_FILES] = "FILTER_WORKER_FILES",
    [FILTER_OPINION] = "FILTER_OPINION", [FILTER_ASKER] = "FILTER_ASKER"};
_Static_assert(sizeof names / sizeof names[0] == SANDBOX_FILTERS, "a name for each");

static bool is_for(const struct sandbox_call *call, unsigned filter, char **builds) {
    if (!(call->filters & (1u << filter)))
        return false;
    if (!call->build)
        return true;
    for (; *builds; builds++)
        if (strcmp(*builds, call->build) == 0)
            return true;
    return false;
}

/* 0, or an error as of libseccomp. A call that this machine does not have needs no row. */
static int add(scmp_filter_ctx filter, const struct sandbox_call *call) {
    struct scmp_arg_cmp compared[MOST_CONDITIONS];
    unsigned count = 0;
    int number = seccomp_syscall_resolve_name(call->name);
    if (number < 0)
        return 0;
    for (; count < MOST_CONDITIONS && call->when[count].mask; count++)
        compared[count] = SCMP_CMP64(call->when[count].argument, SCMP_CMP_MASKED_EQ, call->when[count].mask,
                                     call->when[count].value);
    uint32_t action = call->error ? SCMP_ACT_ERRNO((unsigned)call->error) : SCMP_ACT_ALLOW;
    return seccomp_rule_add_array(filter, action, number, count, compared);
}

static bool export(scmp_filter_ctx filter, FILE *out, const char *name) {
    static struct sock_filter code[MOST_INSTRUCTIONS];
    FILE *file = tmpfile();
    if (!file)
        return false;
    bool is_exported = seccomp_export_bpf(filter, fileno(file)) == 0;
    rewind(file);
    size_t count = is_exported ? fread(code, sizeof code[0], MOST_INSTRUCTIONS, file) : 0;
    fclose(file);
    fprintf(out, "static const struct sock_filter of_%s[] = {\n", name);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "    {%#x, %u, %u, %#x},\n", code[i].code, code[i].jt, code[i].jf, code[i].k);
    fprintf(out, "};\n");
    return is_exported && count > 0 && count < MOST_INSTRUCTIONS;
}

static bool generate(FILE *out, unsigned number, char **builds) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool is_good = filter && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
    for (size_t i = 0; is_good && i < sandbox_call_count; i++) {
        int error = is_for(&sandbox_calls[i], number, builds) ? add(filter, &sandbox_calls[i]) : 0;
        if (error)
            fprintf(stderr, "%s: %s\n", sandbox_calls[i].name, strerror(-error));
        is_good = error == 0;
    }
    is_good = is_good && export(filter, out, names[number]);
    seccomp_release(filter);
    return is_good;
}

int main(int argc, char **argv) {
    FILE *out = argc > 1 ? fopen(argv[1], "w") : NULL;
    bool is_good = out != NULL;
    if (!out)
        return 64;
    fprintf(out, "/* Made by parsers/sandbox/generate.c. */\n#include \"parsers/sandbox/filters.h\"\n\n");
    for (unsigned i = 0; is_good && i < SANDBOX_FILTERS; i++)
        is_good = generate(out, i, argv + 2);
    fprintf(out, "const struct sock_fprog sandbox_filters[SANDBOX_FILTERS] = {\n");
    for (unsigned i = 0; i < SANDBOX_FILTERS; i++)
        fprintf(out, "    [%s] = {sizeof of_%s / sizeof of_%s[0], (struct sock_filter *)of_%s},\n", names[i],
                names[i], names[i], names[i]);
    fprintf(out, "};\n");
    return fclose(out) == 0 && is_good ? 0 : 70;
}
