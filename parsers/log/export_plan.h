/* The kinds of exports (rules.h) made ready for reading: their names parsed, those that ask for more first.
 */
#ifndef MAILWHY_LOG_EXPORT_PLAN_H
#define MAILWHY_LOG_EXPORT_PLAN_H

#include "parsers/log/record.h"
#include "parsers/rules/pattern.h"
#include "parsers/rules/rules.h"

enum export_field {
    EXPORT_RECIPIENT, /* the first: its value says which elements of lists the others are taken from */
    EXPORT_REPLY,
    EXPORT_CODE,
    EXPORT_STATUS,
    EXPORT_LAST_REPLY,
    EXPORT_RELAY,
    EXPORT_RELAY_IP,
    EXPORT_TIME,
    EXPORT_QUEUED,
    EXPORT_SENDER,
    EXPORT_CLIENT,
    EXPORT_CLIENT_IP,
    EXPORT_USER,
    EXPORT_QUEUE_ID,
    EXPORT_MESSAGE_ID,
    EXPORT_SIZE,
    EXPORT_OF_DOMAIN, /* only its recipients are spoken of */
    EXPORT_FIELDS
};

struct export_names {
    const struct record_name *names;
    size_t count;
};

struct export_plan {
    const struct export_kind *kind;
    size_t number;                       /* of the kind in the rules */
    const struct export_names *known_by; /* of each one must be there */
    size_t known_count;
    struct export_names event, fields[EXPORT_FIELDS];
    bool is_line;             /* its records are lines of names and values: see pairs.h */
    struct pattern *patterns; /* compiled forms of kind->find */
};

struct export_plans {
    struct export_plan *plans;
    size_t count;
    struct export_names inside; /* of all kinds, each once */
    bool has_lines;
    struct arena arena;
};

/* The kinds of the list, made ready. A name that cannot be read (rules/check.h says so) is left out. */
void export_plans_build(struct export_plans *plans, const struct rule_list *kinds);
void export_plans_free(struct export_plans *plans);

/* Is the object one of that kind's records? */
bool export_plan_knows(const struct export_plan *plan, const struct json_nodes *nodes, size_t object);

/* The list of names in the kind that is that field's; NULL: it has none. */
const char *const *export_kind_field(const struct export_kind *kind, enum export_field field);

#endif
