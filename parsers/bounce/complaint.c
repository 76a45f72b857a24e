/* Feedback reports (RFC 5965, with RFC 6591's authentication failures): see complaint.h. */
#include "parsers/bounce/complaint.h"

#include "parsers/base/address.h"
#include "parsers/bounce/recipients.h"
#include "parsers/message/field.h"

static struct slice as_it_stands(struct slice value) {
    return value;
}

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

void complaint_read(struct bounce *bounce, struct slice text, struct arena *arena) {
    struct field f;
    while (text.len)
        if (field_next(&text, &f))
            read_field(bounce, f.name, field_value(arena, f), arena);
}
