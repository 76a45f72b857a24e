/* Feedback reports (RFC 5965, with RFC 6591's authentication failures): see complaint.h. */
#include "parsers/bounce/complaint.h"

#include "parsers/base/address.h"
#include "parsers/bounce/recipients.h"
#include "parsers/message/field.h"

static void take(struct slice *into, struct slice value) {
    if (!into->len)
        *into = value;
}

void complaint_read(struct bounce *bounce, struct slice text, struct arena *arena) {
    struct complaint *c = &bounce->complaint;
    struct field f;
    while (text.len) {
        if (!field_next(&text, &f))
            continue;
        struct slice value = field_value(arena, f);
        if (slice_equal_nocase(f.name, SLICE("feedback-type")))
            take(&c->type, value);
        else if (slice_equal_nocase(f.name, SLICE("source-ip")) ||
                 slice_equal_nocase(f.name, SLICE("source")))
            take(&c->source_ip, address_ip_in_text(value));
        else if (slice_equal_nocase(f.name, SLICE("reported-domain")))
            take(&c->reported_domain, value);
        else if (slice_equal_nocase(f.name, SLICE("user-agent")))
            take(&c->user_agent, value);
        else if (slice_equal_nocase(f.name, SLICE("reporting-mta")))
            take(&c->reporting_mta, value);
        else if (slice_equal_nocase(f.name, SLICE("original-mail-from")))
            take(&bounce->returned.sender, address_strip(value));
        else if (slice_equal_nocase(f.name, SLICE("original-rcpt-to")) ||
                 slice_equal_nocase(f.name, SLICE("removal-recipient"))) {
            recipient_find_or_add(bounce, address_strip(value), arena);
        }
    }
}
