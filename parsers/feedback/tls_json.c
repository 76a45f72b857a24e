/* See tls_json.h. */
#include "parsers/feedback/tls_json.h"

#include "parsers/base/date.h"
#include "parsers/base/json_nodes.h"
#include "parsers/base/text.h"

#include <glib.h>

#define LIMIT_POLICIES 1000
#define LIMIT_FAILURES 1000 /* of one policy */

struct reading {
    struct json_nodes json;
    struct arena *arena;
};

/* The member of that name; NULL: none. */
static const struct json_node *member(const struct reading *r, const struct json_node *object,
                                      const char *name) {
    if (!object || object->type != JSON_OBJECT || object->children == 0)
        return NULL;
    const struct json_node *node = object + 1;
    for (uint32_t i = 0; i < object->children; i++) {
        if (slice_equal(node->name, slice_of(name)))
            return node;
        node = r->json.nodes + node->next;
    }
    return NULL;
}

static struct slice text(const struct reading *r, const struct json_node *object, const char *name) {
    const struct json_node *node = member(r, object, name);
    return node ? text_upto(text_clean_line(r->arena, json_text(node, r->arena)), 1000) : SLICE_EMPTY;
}

static int64_t number(const struct reading *r, const struct json_node *object, const char *name) {
    struct slice digits = text(r, object, name);
    int64_t value = 0;
    for (size_t i = 0; i < digits.len && i < 15 && g_ascii_isdigit(digits.ptr[i]); i++)
        value = value * 10 + g_ascii_digit_value(digits.ptr[i]);
    return value;
}

/* The first of a list, with how many there are. */
static const struct json_node *items(const struct json_node *list, size_t most, size_t *count) {
    bool is_list = list && list->type == JSON_LIST && list->children > 0;
    *count = is_list ? MIN(list->children, most) : 0;
    return is_list ? list + 1 : NULL;
}

static struct slice joined(const struct reading *r, const struct json_node *list) {
    size_t count;
    const struct json_node *node = items(list, 20, &count);
    struct slice all = list && list->type == JSON_STRING
                           ? text_clean_line(r->arena, json_text(list, r->arena))
                           : SLICE_EMPTY;
    for (size_t i = 0; i < count; i++, node = r->json.nodes + node->next) {
        struct slice one = text_upto(text_clean_line(r->arena, json_text(node, r->arena)), 300);
        all = arena_printf(r->arena, "%.*s%s%.*s", S(all), i ? ", " : "", S(one));
    }
    return all;
}

static struct tls_failure *read_failure(const struct reading *r, const struct json_node *node) {
    struct tls_failure *f = ARENA_NEW(r->arena, struct tls_failure);
    f->type = text(r, node, "result-type");
    f->sender_ip = text(r, node, "sending-mta-ip");
    f->receiver_host = text(r, node, "receiving-mx-hostname");
    f->receiver_ip = text(r, node, "receiving-ip");
    f->code = text(r, node, "failure-reason-code");
    f->count = number(r, node, "failed-session-count");
    return f;
}

static struct tls_policy *read_policy(const struct reading *r, const struct json_node *node) {
    struct tls_policy *p = ARENA_NEW(r->arena, struct tls_policy);
    const struct json_node *policy = member(r, node, "policy");
    const struct json_node *summary = member(r, node, "summary");
    struct tls_failure **end = &p->details;
    size_t count;
    p->type = text(r, policy, "policy-type");
    p->domain = text(r, policy, "policy-domain");
    p->mx = joined(r, member(r, policy, "mx-host"));
    p->successes = number(r, summary, "total-successful-session-count");
    p->failures = number(r, summary, "total-failure-session-count");
    const struct json_node *detail = items(member(r, node, "failure-details"), LIMIT_FAILURES, &count);
    for (size_t i = 0; i < count; i++, detail = r->json.nodes + detail->next) {
        *end = read_failure(r, detail);
        end = &(*end)->next;
    }
    return p;
}

static void read_report(const struct reading *r, struct feedback *f) {
    const struct json_node *root = r->json.nodes;
    const struct json_node *range = member(r, root, "date-range");
    struct tls_policy **end = &f->policies;
    f->organisation = text(r, root, "organization-name");
    f->contact = text(r, root, "contact-info");
    f->id = text(r, root, "report-id");
    f->begin = date_parse(text(r, range, "start-datetime"));
    f->end = date_parse(text(r, range, "end-datetime"));
    const struct json_node *node = items(member(r, root, "policies"), LIMIT_POLICIES, &f->policy_count);
    for (size_t i = 0; i < f->policy_count; i++, node = r->json.nodes + node->next) {
        *end = read_policy(r, node);
        end = &(*end)->next;
    }
}

bool tls_json_read(struct feedback *feedback, struct slice bytes, struct arena *arena) {
    struct reading r = {.arena = arena};
    bool is_report = json_read(&r.json, bytes) && r.json.nodes->type == JSON_OBJECT &&
                     member(&r, r.json.nodes, "policies") && member(&r, r.json.nodes, "report-id");
    if (is_report)
        read_report(&r, feedback);
    json_nodes_free(&r.json);
    return is_report;
}
