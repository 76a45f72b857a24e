/* Feedback reports (RFC 5965, with RFC 6591's authentication failures): see complaint.h. */
#include "parsers/bounce/complaint.h"

#include "parsers/base/address.h"
#include "parsers/bounce/recipients.h"
#include "parsers/message/field.h"

static struct slice as_it_stands(struct slice value) {
    return value;
}

#define MOST_LINES 100 /* of a text for people */

#define MEMBER(name) offsetof(struct bounce, name)

/* A field that stands several times counts once: the first that says something. */
static const struct {
    const char *name;
    struct slice (*read)(struct slice value);
    size_t member;
} fields[] = {
    {"feedback-type", as_it_stands, MEMBER(complaint.type)},
    {"source-ip", address_ip_in_text, MEMBER(complaint.source_ip)},
    {"source", address_ip_in_text, MEMBER(complaint.source_ip)},
    {"reported-domain", as_it_stands, MEMBER(complaint.reported_domain)},
    {"user-agent", as_it_stands, MEMBER(complaint.user_agent)},
    {"reporting-mta", as_it_stands, MEMBER(complaint.reporting_mta)},
    {"auth-failure", as_it_stands, MEMBER(complaint.failed)},
    {"delivery-result", as_it_stands, MEMBER(complaint.delivery)},
    {"identity-alignment", as_it_stands, MEMBER(complaint.alignment)},
    {"dkim-domain", as_it_stands, MEMBER(complaint.dkim_domain)},
    {"authentication-results", as_it_stands, MEMBER(complaint.results)},
    {"original-mail-from", address_strip, MEMBER(returned.sender)},
    /* Exim's DMARC failure reports, which have these in the text for people alone (seen 2025-04) */
    {"sender domain", as_it_stands, MEMBER(complaint.reported_domain)},
    {"sender ip address", address_ip_in_text, MEMBER(complaint.source_ip)},
    {"dmarc results", as_it_stands, MEMBER(complaint.delivery)},
};

/* Fields that name a recipient; each adds one. */
static const char *const recipient_fields[] = {"original-rcpt-to", "removal-recipient"};

static void read_field(struct bounce *bounce, struct slice name, struct slice value, struct arena *arena) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct slice *member = (struct slice *)((char *)bounce + fields[i].member);
        if (slice_equal_nocase(name, slice_of(fields[i].name)) && !member->len)
            *member = fields[i].read(value);
    }
    for (size_t i = 0; i < sizeof recipient_fields / sizeof *recipient_fields; i++)
        if (slice_equal_nocase(name, slice_of(recipient_fields[i])))
            recipient_find_or_add(bounce, address_strip(value), arena);
}

void complaint_read_text(struct bounce *bounce, struct slice text, struct arena *arena) {
    struct slice line;
    bool is_of_dmarc = false;
    for (unsigned i = 0; i < MOST_LINES && slice_next_line(&text, &line); i++) {
        size_t colon = slice_find_char(line, ':');
        if (slice_starts_nocase(line, SLICE("--")))
            break;
        struct slice name = slice_trim(slice_upto(line, colon));
        if (colon < line.len)
            read_field(bounce, name, slice_trim(slice_from(line, colon + 1)), arena);
        is_of_dmarc |= slice_equal_nocase(name, SLICE("dmarc results"));
    }
    if (is_of_dmarc && bounce->complaint.reported_domain.len && !bounce->complaint.type.len)
        bounce->complaint.type = SLICE("auth-failure");
}

void complaint_read(struct bounce *bounce, struct slice text, struct arena *arena) {
    struct field f;
    while (text.len)
        if (field_next(&text, &f))
            read_field(bounce, f.name, field_value(arena, f), arena);
}
