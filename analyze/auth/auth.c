/* All checks of one delivery: see auth.h. */
#include "analyze/auth/auth.h"

#include "analyze/auth/check_kinds.h"

void auth_open(struct auth *auth, const struct auth_tools *tools, struct arena *arena) {
    *auth = (struct auth){0};
    resolver_init(&auth->resolver, tools->snapshot, arena);
    check_list_init(&auth->checks, &auth->resolver);
}

void auth_run(struct auth *auth, const struct transaction *transaction, const struct mail_bytes *mail,
              const struct auth_tools *tools) {
    struct check_context context = {.auth = auth, .mail = mail, .tools = tools};
    auth->transaction = *transaction;
    for (size_t i = 0; i < check_kind_count; i++)
        check_kinds[i]->run(&context);
}

void auth_audit(struct auth *auth, const struct transaction *transaction, const struct auth_tools *tools,
                const char *const *selectors, size_t selector_count) {
    struct check_context context = {auth, NULL, tools, selectors, selector_count};
    auth_run(auth, transaction, NULL, tools);
    for (size_t i = 0; i < check_kind_count; i++)
        if (check_kinds[i]->audit)
            check_kinds[i]->audit(&context);
}

void auth_close(struct auth *auth) {
    resolver_close(&auth->resolver);
}
