/* Steps for mail that was passed on: see passing_on_steps.h. */
#include "analyze/verdict/passing_on_steps.h"

#include "parsers/base/address.h"

/* Whose DNS records we would have to change is somebody else's (RFC 7208 section 2.4, RFC 6376 section 2.7).
 */
static const char *const steps_of_forwarded[] = {
    "You only forwarded this mail: it comes from somebody else, whose SPF, DKIM and DMARC records are not "
    "yours to "
    "change.",
    "Pass it on as it came. Whatever changes it on the way (a word in the subject, a footer, a filter that "
    "writes or "
    "signs it anew) breaks its author's DKIM signature, and that alone still speaks for the author behind a "
    "forwarding.",
    "Have its envelope sender rewritten into a domain of yours (SRS), whose SPF record holds the address of "
    "this "
    "server. That helps where the receiver asks for SPF; it does not where DMARC asks for the domain in "
    "From.",
    "Where the author's server does not sign, no forwarding gets through. Let the recipient collect the mail "
    "here, or "
    "give them the other address to hand out (`mailwhy explain forwarding`).",
    NULL};

/* RFC 7208 section 2.4: where the envelope sender is empty, SPF is asked of the HELO name. */
static const char *const steps_of_notice[] = {
    "This was a notice with the empty sender <>, as bounces are. SPF is then asked of the name that your "
    "server greets "
    "with (HELO), not of a sender's domain. Publish an SPF record for that very name, which holds the "
    "server's address.",
    "Have such notices signed with DKIM too, for the domain in their From field.",
    "Look what the notice was about. Whoever wrote that mail does not know that it failed.", NULL};

/* The same, where it is not known whether the reader sent it or passed it on. */
static const char *const steps_of_redirected[] = {
    "This mail was forwarded: it was sent to another address, and the server that reports this passed it on. "
    "SPF fails then by nature: do not add that server to the SPF record of the sender's domain.",
    "Who sent it: sign with DKIM for the domain in From. A signature gets through a forwarding that changes "
    "nothing.",
    "Who forwards it: pass it on as it came, and have the envelope sender rewritten into a domain of the "
    "forwarder's own (SRS), whose SPF record holds the forwarding server. Where DMARC asks for the domain in "
    "From, only the author's DKIM signature helps.",
    "Or let the recipient collect the mail there, or give out the other address (`mailwhy explain "
    "forwarding`).",
    NULL};

/* The address that failed is none that the author wrote to. */
static const char *const steps_of_led[] = {
    "The mail was for {original}. An alias or a forwarding leads on from there to the address that failed: "
    "that one must be corrected, and not what you wrote.",
    "Tell whoever owns {original}, in another way, or the postmaster of the server that reports this: it "
    "stands in that server's aliases or in the owner's settings for forwarding.",
    NULL};

/* The same of a bare name: cron and other programs of the machine write to it. */
static const char *const steps_of_local[] = {
    "The mail was for {original}, a name of the sending machine itself, which programs such as cron write "
    "to; it "
    "was led on to an address that does not work.",
    "Give {original} an alias that leads to a mailbox that somebody reads (/etc/aliases, then newaliases), "
    "and look "
    "which domain the server puts behind bare names (Postfix: myorigin).",
    NULL};

static bool is_ours_to_pass_on(const struct verdict *v) {
    return v->is_forwarded || (v->stance && v->stance->is_forwarded && v->stance->ground != STANCE_OPEN);
}

const char *const *steps_behind_passing_on(const struct verdict *v) {
    if (v->led_from.len)
        return address_domain(v->led_from).len ? steps_of_led : steps_of_local;
    if (!cause_is_of(verdict_root_cause(v)->id, "auth"))
        return NULL;
    return v->is_notice            ? steps_of_notice
           : is_ours_to_pass_on(v) ? steps_of_forwarded
           : v->is_redirected      ? steps_of_redirected
                                   : NULL;
}
