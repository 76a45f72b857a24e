/* The defaults: see options.h. */
#include "analyze/commands/options.h"

#include "analyze/commands/config_values.h"

void options_init(struct options *o) {
    *o = (struct options){.format = mailwhy_format_at(0),
                          .jobs = g_get_num_processors(),
                          .progress = -1,
                          .top = 10,
                          .most_mib = PAGE_MIB,
                          .most_seconds = PAGE_SECONDS,
                          .asking = {ASK_SECONDS, ASK_QUESTIONS, false},
                          .filters = {.since = -1, .until = -1},
                          .rule_files = g_ptr_array_new(),
                          .folder_files = g_ptr_array_new_with_free_func(g_free),
                          .trusted = g_ptr_array_new(),
                          .logs = g_ptr_array_new(),
                          .dns_files = g_ptr_array_new(),
                          .dns_after_files = g_ptr_array_new(),
                          .own = g_ptr_array_new(),
                          .domains = g_ptr_array_new(),
                          .selectors = g_ptr_array_new()};
}

void options_clear(struct options *o) {
    g_ptr_array_free(o->rule_files, TRUE);
    g_ptr_array_free(o->folder_files, TRUE);
    g_ptr_array_free(o->trusted, TRUE);
    g_ptr_array_free(o->logs, TRUE);
    g_ptr_array_free(o->dns_files, TRUE);
    g_ptr_array_free(o->dns_after_files, TRUE);
    g_ptr_array_free(o->own, TRUE);
    g_ptr_array_free(o->domains, TRUE);
    g_ptr_array_free(o->selectors, TRUE);
    if (o->asked)
        g_string_free(o->asked, TRUE);
    if (o->verify)
        g_string_free(o->verify, TRUE);
    zone_free(o->zone);
    configuration_free(o->configuration);
}
