/* Messages that arrived, and what is answered about them. */
#include "analyze/worker.h"
#include "tests/table.h"

#define TOP                                                                                                  \
    "Received: from mail.a.example (mail.a.example [198.51.100.7])\n"                                        \
    "\tby mx.b.example (Postfix) with ESMTPS id 4hRRnL1mD0z9vNQY\n"                                          \
    "\tfor <kim@b.example>; Tue, 24 Nov 2026 10:00:10 +0000 (UTC)\n"
#define LOW(time)                                                                                            \
    "Received: from [10.0.0.1] (localhost [127.0.0.1])\n"                                                    \
    "\tby mail.a.example (Postfix) with ESMTPSA id 4hRRnL1mD0z9vAAA\n"                                       \
    "\tfor <kim@b.example>; " time "\n"
#define FROM                                                                                                 \
    "From: Jo <jo@a.example>\nTo: kim@b.example\nSubject: x\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n\nx\n"
#define AT_END                                                                                               \
    "From: Jo <jo@a.example>\nTo: kim@b.example\nSubject: x\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n"
#define ICLOUD                                                                                               \
    "Received: from st43.me.com by p44-mailgateway-smtp-1 (mailgateway 2403B92)\n"                           \
    "\twith SMTP id d888ea55-3ef2\n\tfor <kim@icloud.com>; Tue, 24 Nov 2026 10:00:12 GMT\n"                  \
    "X-Apple-MoveToFolder: INBOX\n"                                                                          \
    "Received: from mail.a.example (mail.a.example [198.51.100.7])\n"                                        \
    "\tby st43.me.com (Postfix) with ESMTPS id EC1AC39C0207\n"                                               \
    "\tfor <kim@icloud.com>; Tue, 24 Nov 2026 10:00:10 +0000 (UTC)\n"                                        \
    "Authentication-Results: dmarc.icloud.com; dmarc=pass header.from=a.example\n"                           \
    "Authentication-Results: dkim-verifier.icloud.com; dkim=pass header.d=a.example\n"
#define DMARC_REPORT                                                                                         \
    "From: reports@receiver.example\nTo: kim@b.example\nSubject: Report domain: b.example\n"                 \
    "Content-Type: text/xml\n\n<feedback><report_metadata><org_name>x</org_name></report_metadata>"          \
    "<policy_published><domain>b.example</domain></policy_published></feedback>\n"
#define RESULTS(what) "Authentication-Results: mx.b.example; " what "\n"

static const struct {
    const char *what, *message;
    enum asked asked;
    const char *result, *text;
    const char *because; /* NULL: no matter; "-x": no reason says x */
} rows[] = {
    {"aligned by DKIM",
     RESULTS("dkim=pass header.d=mail.a.example; dmarc=pass header.from=a.example") TOP FROM, ASKED_AUTHENTIC,
     "yes", "Yes, it comes from a.example (judged by mx.b.example)",
     "DKIM passed for mail.a.example, which is of the From domain"},
    {"aligned, nobody judged DMARC", RESULTS("spf=pass smtp.mailfrom=bounce@a.example") TOP FROM,
     ASKED_AUTHENTIC, "yes", "Yes, it comes from a.example", "SPF passed for a.example"},
    {"passed for another",
     RESULTS("spf=pass smtp.mailfrom=jo@bounce.other.example; dmarc=fail header.from=a.example") TOP FROM,
     ASKED_AUTHENTIC, "no", "DMARC failed (judged by mx.b.example); what passed is of bounce.other.example",
     "SPF passed, but for bounce.other.example, not for the From domain a.example"},
    {"passed for another, no DMARC", RESULTS("dkim=pass header.d=other.example") TOP FROM, ASKED_AUTHENTIC,
     "unknown", "what passed is of other.example", NULL},
    {"nothing passed", RESULTS("spf=fail smtp.mailfrom=jo@a.example; dkim=none") TOP FROM, ASKED_AUTHENTIC,
     "unknown", "neither SPF nor DKIM passed for the From domain a.example", "DKIM: no signature"},
    /* a piece of a header: what it lacks was not given */
    {"results alone",
     RESULTS("spf=pass smtp.mailfrom=jo@b.a.example; dkim=fail (body hash did not verify) "
             "header.d=a.example; dmarc=fail header.from=a.example"),
     ASKED_AUTHENTIC, "unknown", "by which DMARC failed for a.example", "the body hash differs"},
    {"results alone, of no domain", RESULTS("dkim=neutral (no key for signature) header.i=@x.example"),
     ASKED_AUTHENTIC, "unknown", "the From field was not given", "the DNS had no key"},
    {"results alone, and the way", RESULTS("spf=fail smtp.mailfrom=jo@a.example"), ASKED_ROUTE, "unknown",
     "no Received field was given", NULL},
    {"a top without From",
     RESULTS("spf=pass smtp.mailfrom=jo@c.example; dmarc=none header.from=a.example") TOP, ASKED_AUTHENTIC,
     "unknown", "nothing speaks of the From domain a.example", NULL},
    {"a mail without From", TOP "To: kim@b.example\nSubject: x\n\nx\n", ASKED_AUTHENTIC, "no",
     "it has no From field", NULL},
    {"behind a person's words",
     "It lands in the junk folder:\n\n" RESULTS("dmarc=pass header.from=a.example") TOP FROM, ASKED_AUTHENTIC,
     "yes", "Yes, it comes from a.example", NULL},
    {"brought along",
     TOP RESULTS("dmarc=pass header.from=a.example; dkim=pass header.d=a.example") "Received: from x\n\tby "
                                                                                   "y; x\n" FROM,
     ASKED_AUTHENTIC, "unknown", "Not known", "-passed"},
    {"brought along, of no domain",
     TOP RESULTS("dkim=none header.d=none") "Received: from x\n\tby y; x\n" FROM, ASKED_AUTHENTIC, "unknown",
     "Not known", "mx.b.example claims: dkim=none (anyone"},
    {"brought along, and told as that",
     TOP RESULTS("dmarc=pass header.from=a.example; dkim=pass header.d=a.example") "Received: from x\n\tby "
                                                                                   "y; x\n" FROM,
     ASKED_AUTHENTIC, "unknown", "Not known",
     "mx.b.example claims: dmarc=pass for a.example (anyone could have written this field)"},
    {"brought along, and what that would come to",
     TOP RESULTS("dkim=pass header.d=news.a.example") "Received: from x\n\tby y; x\n" FROM, ASKED_AUTHENTIC,
     "unknown", "the results in its header, by which it would come from a.example, stand where anyone", NULL},
    {"what a list found, where the receiving host finds nothing",
     RESULTS("spf=pass smtp.mailfrom=list.example; dkim=none") TOP
     "ARC-Authentication-Results: i=1; list.example; spf=pass smtp.mailfrom=jo@a.example\n" FROM,
     ASKED_AUTHENTIC, "unknown", "what passed is of list.example",
     "list.example claims that it found spf=pass for a.example when it passed the mail on (ARC) (anyone "
     "could have "
     "written this field)"},
    {"the filter found a signature of the From domain, and no DMARC record",
     "X-Spamd-Result: default: False [-0.99 / 15.00]; R_DKIM_ALLOW(-0.20)[news.a.example:s=s1]; "
     "DMARC_NA(0.00)[a.example]\n" TOP FROM,
     ASKED_AUTHENTIC, "yes", "Yes, it comes from a.example",
     "rspamd found that DKIM passed for news.a.example"},
    {"the filter found a signature of another domain",
     "X-Spamd-Result: default: False [-0.99 / 15.00]; R_DKIM_ALLOW(-0.20)[b.example:s=s1]\n" TOP FROM,
     ASKED_AUTHENTIC, "unknown",
     "Not known: what passed is of b.example, and nothing speaks of the From domain", NULL},
    {"bounces go elsewhere", "Return-Path: <x@b.example>\n" TOP FROM, ASKED_AUTHENTIC, "unknown",
     "nobody noted", "its envelope sender is of b.example, another organisation than the From domain"},
    {"a login as a result", TOP "Authentication-Results: out.c.example; auth=pass smtp.auth=kim\n" FROM,
     ASKED_ROUTE, "direct", "Straight", "it was handed to out.c.example with a login as "},
    {"a login on the way",
     TOP "Received: from x (x [198.51.100.9])\n\tby mail.a.example (Postfix) with ESMTP id "
         "4hRRnL1mD0z9vAAB;\n\tTue, 24 "
         "Nov 2026 10:00:08 +0000 (UTC)\n" LOW("Tue, 24 Nov 2026 10:00:07 +0000 (UTC)") FROM,
     ASKED_ROUTE, "direct", "Straight", ", with a login"},
    {"a filter with a name beside a flag without", TOP "X-Spam-Flag: yes\nX-GND-Status: SPAM\n" FROM,
     ASKED_SPAM, "yes", "Probably: Gandi's filter (Vade) judged it as spam", "a spam filter marked it"},
    {"a flag, and a filter with a name of another host",
     TOP "X-Spam-Flag: yes\nReceived: from x\n\tby y; x\nX-GND-Status: SPAM\n" FROM, ASKED_SPAM, "yes",
     "Probably: a spam filter marked it", "Gandi's filter"},
    {"of two that came along, the one that ran nearest to the recipient",
     TOP "Received: from x\n\tby list.example; x\nX-TMASE-Result: 10--24.2-10.0\n"
         "X-Spam-Status: No, score=-1.9 required=5.0 tests=BAYES_00\n"
         "X-Spam-Checker-Version: SpamAssassin 3.4.6 (2021-04-09) on list.example\n" FROM,
     ASKED_SPAM, "unknown", "SpamAssassin let it pass: -1.9 points", "Trend Micro"},
    {"SPF for the domain that only a comment names",
     "Received-SPF: pass (domain of a.example designates 198.51.100.7 as permitted sender)\n" TOP FROM,
     ASKED_AUTHENTIC, "yes", "it comes from a.example", "SPF passed for a.example"},
    {"quarantined by DMARC, as Google writes it",
     RESULTS("dmarc=fail (p=QUARANTINE sp=NONE dis=QUARANTINE) header.from=a.example") TOP FROM, ASKED_SPAM,
     "yes", "Yes: it failed DMARC, and what the domain a.example asks for was done", "it failed DMARC"},
    {"failed DMARC, without a verdict",
     RESULTS("dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=a.example") TOP FROM, ASKED_SPAM, "unknown",
     "Not known: no spam filter left its verdict", "it failed DMARC"},
    {"points beside their threshold", "X-Spam-Threshold: 5\nX-Spam-Score: 15.4\n" TOP FROM, ASKED_SPAM, "yes",
     "Yes: a spam filter gave it 15.4 points, spam begins at 5", NULL},
    {"points above the sender's threshold", "X-Spam-Score: 15.4\n" TOP "X-Spam-Threshold: 100\n" FROM,
     ASKED_SPAM, "unknown", "a spam filter gave it 15.4 points, but the header does not say", NULL},
    {"iCloud's results, behind its gateway", ICLOUD FROM, ASKED_AUTHENTIC, "yes",
     "Yes, it comes from a.example (judged by dmarc.icloud.com)", "DKIM passed for a.example"},
    {"iCloud's results, and some that were brought along",
     ICLOUD "Authentication-Results: dmarc.icloud.com; dmarc=pass header.from=bank.example\n"
            "Authentication-Results: dkim-verifier.icloud.com; dkim=pass header.d=bank.example\n"
            "From: x@bank.example\n\nx\n",
     ASKED_AUTHENTIC, "unknown", "Not known", "-passed"},
    {"a forwarder that SPF passes for, and results of the From domain that are not sure",
     "Received: from fwd.example (fwd.example [192.0.2.77])\n\tby mx.b.example (Postfix) with ESMTPS id "
     "19C8340183\n\tfor <kim@b.example>; Tue, 24 Nov 2026 10:00:06 +0000 (UTC)\n"
     "Authentication-Results: mx.b.example; dkim=pass header.d=a.example; spf=pass "
     "smtp.mailfrom=fwd.example; "
     "dmarc=pass header.from=a.example\n" FROM,
     ASKED_AUTHENTIC, "unknown",
     "Not known: what passed is of fwd.example, and what speaks of the From domain a.example stands where "
     "anyone",
     "mx.b.example claims: dkim=pass for a.example"},
    {"a login of others below the boundary",
     RESULTS("dmarc=pass header.from=a.example") TOP
     "Received: from [10.0.0.9] (unknown [203.0.113.99])\n\t(Authenticated sender: info@c.example)\n\tby "
     "mail.a.example (Postfix) with ESMTPSA id 4hRRnL1mD0z9vAAB\n\tfor <kim@b.example>; Tue, 24 Nov 2026 "
     "10:00:00 +0000 (UTC)\n" FROM,
     ASKED_AUTHENTIC, "yes", "Yes", "it was handed in by the login "},
    {"a clock on one side that nothing puts right",
     "Received: from mail.a.example (mail.a.example [198.51.100.7])\n\tby mx.b.example (Postfix) with ESMTPS "
     "id "
     "4hRRnL1mD0z9vNQY;\n\tTue, 24 Nov 2026 10:00:05 +0000 (UTC)\n"
     "Received: from app.a.example (app.a.example [10.0.0.4])\n\tby mail.a.example (Postfix) with ESMTPS id "
     "77AA;\n\tTue, 24 Nov 2026 10:00:03 +0000 (UTC)\n"
     "Received: from localhost (localhost [127.0.0.1])\n\tby app.a.example (Postfix) with ESMTP id "
     "99BB;\n\tTue, "
     "24 Nov 2026 12:00:02 +0000 (UTC)\n" FROM,
     ASKED_DELAY, "unknown", "Not known: the times in its Received fields run backwards",
     "mail.a.example noted a time 119 min before that of app.a.example, which had the mail first: one of the "
     "two"},
    {"points without a limit, with their rules",
     "X-Spam-score: 6.7\nX-Spam-hits: BAYES_99 4, HTML_MESSAGE 0.001, ME_SENDERREP_DENY 2.5,\n  LANGUAGES "
     "en, "
     "BAYES_USED user, SA_VERSION 3.4.6\n" TOP FROM,
     ASKED_SPAM, "unknown", "Not known: a spam filter gave it 6.7 points",
     "its rules that count against the mail: BAYES_99 4.00, ME_SENDERREP_DENY 2.50"},
    {"no version is a rule", "X-Spam-score: 6.7\nX-Spam-hits: BAYES_99 4, SA_VERSION 3.4.6\n" TOP FROM,
     ASKED_SPAM, "unknown", "Not known", "-SA_VERSION"},
    {"hosts without a domain, as iCloud has them since",
     "Received: from p00-icloudmta-smtpin-us-west-2a-60-percent-12 by p129-mailgateway-smtp-664cf66f65-x1 "
     "(mailgateway 2513B25)\n\twith SMTP id d573ca8a\n\tfor <kim@icloud.com>; Tue, 24 Nov 2026 10:00:12 GMT\n"
     "Received: from mail.a.example (mail.a.example [198.51.100.7])\n\tby "
     "p00-icloudmta-smtpin-us-west-2a-60-percent-12 (Postfix) with ESMTPS id EC1AC39C0207\n\tfor "
     "<kim@icloud.com>; Tue, 24 Nov 2026 10:00:10 +0000 (UTC)\n"
     "Authentication-Results: dmarc.icloud.com; dmarc=pass header.from=a.example\n" FROM,
     ASKED_AUTHENTIC, "yes", "Yes, it comes from a.example", NULL},
    {"the same names, of a server that is not theirs",
     "Received: from p00-icloudmta-smtpin-us-west-2a-60-percent-12 (x.example [198.51.100.7])\n\tby "
     "mx.b.example (Postfix) with ESMTPS id 4hRRnL1mD0z9vNQY;\n\tTue, 24 Nov 2026 10:00:10 +0000 (UTC)\n"
     "Authentication-Results: dmarc.icloud.com; dmarc=pass header.from=a.example\n" FROM,
     ASKED_AUTHENTIC, "unknown", "Not known", "-passed"},
    {"a gateway that took it from another",
     "Received: from x.me.com by p44-mailgateway-smtp-1 (mailgateway 2403B92)\n\twith SMTP id d888\n\tfor "
     "<kim@icloud.com>; Tue, 24 Nov 2026 10:00:12 GMT\nReceived: from x.me.com (x.me.com "
     "[198.51.100.7])\n\tby "
     "mx.b.example (Postfix) with ESMTPS id 4hRRnL1mD0z9vNQY;\n\tTue, 24 Nov 2026 10:00:10 +0000 (UTC)\n"
     "Authentication-Results: dmarc.icloud.com; dmarc=pass header.from=a.example\n" FROM,
     ASKED_AUTHENTIC, "unknown", "Not known", "-passed"},
    {"no results", TOP FROM, ASKED_AUTHENTIC, "unknown", "nobody noted results", NULL},
    {"brought along, and for another",
     TOP RESULTS("spf=pass smtp.mailfrom=x@other.example; dkim=pass header.d=other.example") FROM,
     ASKED_AUTHENTIC, "unknown", "they speak for other.example, not for the From domain a.example", NULL},
    {"brought along, and for From", TOP RESULTS("dkim=pass header.d=a.example") FROM, ASKED_AUTHENTIC,
     "unknown", "anyone could have written them (--trust names your own hosts, --dns verifies anew)", NULL},
    {"what a list found before it changed the mail",
     TOP RESULTS("dkim=fail header.d=a.example") "ARC-Authentication-Results: i=1; list.example; dkim=pass "
                                                 "header.d=a.example\n" FROM,
     ASKED_AUTHENTIC, "unknown", "Not known",
     "the signature of a.example held until then, and the mail was changed after that"},
    {"the receiving side's filter says it",
     "X-Spamd-Result: default: False [-0.99 / 15.00]; DMARC_POLICY_ALLOW(-0.50)[a.example,none]\n" TOP FROM,
     ASKED_AUTHENTIC, "yes", "Yes, it comes from a.example", "rspamd found that DMARC passed for a.example"},
    {"the receiving side's filter denies it",
     "X-Spamd-Result: default: False [6.49 / 15.00]; DMARC_POLICY_REJECT(2.00)[a.example : x,reject]\n" TOP
         FROM,
     ASKED_AUTHENTIC, "no", "DMARC failed (judged by the receiving side's filter)", NULL},
    {"the filter says more than the results",
     RESULTS("spf=pass smtp.mailfrom=jo@list.example") "X-Spamd-Result: default: False [7.29 / 15.00]; "
                                                       "DMARC_POLICY_REJECT(2.00)[a.example : x,reject]\n" TOP
                                                           FROM,
     ASKED_AUTHENTIC, "no",
     "DMARC failed (judged by the receiving side's filter); what passed is of list.example",
     "SPF passed, but for list.example, not for the From domain a.example"},
    {"SPF passed for an envelope sender of the From domain, says the filter",
     "Return-Path: <jo@a.example>\nX-Spam-Status: No, score=-2 required=5.0 tests=SPF_PASS\n" TOP FROM,
     ASKED_AUTHENTIC, "yes", "Yes, it comes from a.example", "SPF passed for the envelope sender"},
    {"the same for one of another domain",
     "Return-Path: <x@c.example>\nX-Spamd-Result: default: False [0 / 15.00]; R_SPF_ALLOW(0.00)[+a:c]\n" TOP
         FROM,
     ASKED_AUTHENTIC, "unknown", "Not known: what passed is of c.example",
     "SPF passed for the envelope sender"},
    {"a Return-Path that came with the mail is nobody's word",
     "X-Spam-Status: No, score=-2 required=5.0 tests=SPF_PASS\n" TOP "Return-Path: <jo@a.example>\n" FROM,
     ASKED_AUTHENTIC, "unknown", "Not known: something passed, but the header does not say for which domain",
     "SPF passed for the envelope sender"},
    {"a filter's words that were brought along",
     TOP "X-Spam-Status: No, score=-2 required=5.0 tests=DKIM_VALID_AU\n" FROM, ASKED_AUTHENTIC, "unknown",
     "Not known", "of the From domain (DKIM_VALID_AU) (anyone could have written this field)"},
    {"a forwarder in From",
     RESULTS("dmarc=pass header.from=a.example") TOP "X-SimpleLogin-Type: Forward\n"
                                                     "X-SimpleLogin-Original-From: Kim <k@c.example>\n" FROM,
     ASKED_AUTHENTIC, "yes", "Yes, it comes from a.example (judged by mx.b.example); but who passed it on",
     "before it was passed on, From was k@c.example"},
    {"a list that puts itself into From",
     "Received: from l.example (l.example [192.0.2.1])\n\tby mx.b.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vCCC\n\tfor <kim@b.example>; Tue, 24 Nov 2026 10:00:20 +0000 (UTC)\n"
     "Received: from mail.a.example (mail.a.example [198.51.100.7])\n\tby l.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vNQY\n\tfor <club@l.example>; Tue, 24 Nov 2026 10:00:10 +0000 (UTC)\n"
     "List-Id: <club.l.example>\nReply-To: Jo <jo@a.example>\nFrom: Jo via club <club@l.example>\n"
     "To: club@l.example\nSubject: x\n\nx\n",
     ASKED_AUTHENTIC, "unknown", "Not known",
     "From is the list's own address by the Received fields, as lists do it for DMARC; who wrote it is most "
     "likely "
     "jo@a.example"},
    {"an answer goes to the list too: that says nothing of the author",
     TOP
     "List-Id: <club.l.example>\nReply-To: club@l.example\nFrom: club <club@l.example>\n"
     "Received: from mail.c.example (mail.c.example [198.51.100.9])\n\tby l.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vNQZ\n\tfor <club@l.example>; Tue, 24 Nov 2026 10:00:08 +0000 (UTC)\n"
     "To: club@l.example\nSubject: x\n\nx\n",
     ASKED_AUTHENTIC, "unknown", "Not known", "-most likely"},
    {"what the sender's filter found stands beside what the receiver's did",
     "X-Spam-Status: No, score=1.1 required=5.0\n" TOP "X-Spam-Status: No, score=2.5 required=6.0\n" FROM,
     ASKED_SPAM, "no", "No: SpamAssassin let it pass: 1.1 points",
     "SpamAssassin let it pass: 2.5 points, spam begins at 6.0 (anyone could have written this field)"},
    {"many points from elsewhere",
     "X-Spam-Status: No, score=1.1 required=5.0\n" TOP "X-Spam-Score: 20.69\n" FROM, ASKED_SPAM, "no",
     "No: SpamAssassin let it pass", "a spam filter gave it 20.69 points"},
    {"few points from elsewhere",
     "X-Spam-Status: No, score=1.1 required=5.0\n" TOP "X-Spam-Score: 2.1\n" FROM, ASKED_SPAM, "no",
     "No: SpamAssassin let it pass", "-gave it 2.1 points"},
    {"of two reports the rules of the one that judged",
     TOP "X-Spam-Report: BAYES_00=-1.9, RDNS_NONE=0.793, FREEMAIL_FORGED_REPLYTO=2.095, MISSING_MID=0.497\n"
         "X-Spam-Report: Content analysis details:   (4.9 points, 6.0 required)\n"
         " pts rule name              description\n"
         " ---- ---------------------- ------------------------------\n"
         " 2.0 PYZOR_CHECK            Listed in Pyzor\n"
         " 2.5 FREEMAIL_FORGED_REPLYTO Freemail in Reply-To, but not From\n" FROM,
     ASKED_SPAM, "unknown", "SpamAssassin gave it 4.9 points",
     "FREEMAIL_FORGED_REPLYTO 2.50, PYZOR_CHECK 2.00"},
    {"something passed, for no domain that is named", RESULTS("dkim=pass (ok)") TOP FROM, ASKED_AUTHENTIC,
     "unknown", "something passed, but the header does not say for which domain", NULL},
    {"an original From that is the same",
     RESULTS("dmarc=pass header.from=a.example") TOP "X-Original-From: jo@a.example\n" FROM, ASKED_AUTHENTIC,
     "yes", "Yes, it comes from a.example", "-passed on"},
    {"OpenDKIM's and OpenDMARC's results, with the id that the host had just given it",
     TOP "DMARC-Filter: OpenDMARC Filter v1.4.2 mx.b.example 4hRRnL1mD0z9vNQY\n"
         "Authentication-Results: mx.b.example; dmarc=pass header.from=a.example\n"
         "DKIM-Filter: OpenDKIM Filter v2.11.0 mx.b.example 4hRRnL1mD0z9vNQY\n"
         "Authentication-Results: mx.b.example; dkim=pass header.d=a.example\n" FROM,
     ASKED_AUTHENTIC, "yes", "Yes", "DKIM"},
    {"below OpenDKIM's note only DKIM is its own",
     TOP "DKIM-Filter: OpenDKIM Filter v2.11.0 mx.b.example 4hRRnL1mD0z9vNQY\n"
         "Authentication-Results: mx.b.example; dmarc=pass header.from=a.example\n" FROM,
     ASKED_AUTHENTIC, "unknown", "Not known", "-passed"},
    {"OpenDKIM's note of another id",
     TOP "Authentication-Results: mx.b.example; dmarc=pass header.from=a.example\n"
         "DKIM-Filter: OpenDKIM Filter v2.11.0 mx.b.example 4hRRnL1mD0z9vNQZ\n" FROM,
     ASKED_AUTHENTIC, "unknown", "Not known", "-passed"},
    {"a name that is an address",
     RESULTS("dmarc=pass header.from=evil.example") TOP
     "From: \"service@bank.example\" <x@evil.example>\n\nx\n",
     ASKED_AUTHENTIC, "no",
     "it shows the address service@bank.example as its name, but is really from evil.example", NULL},
    {"a receiver's report, from anybody", TOP DMARC_REPORT, ASKED_AUTHENTIC, "unknown",
     "nobody noted results", NULL},
    {"a receiver's report", RESULTS("dkim=pass header.d=receiver.example") TOP DMARC_REPORT, ASKED_AUTHENTIC,
     "yes", "Yes, it comes from receiver.example", NULL},
    {"two From fields", RESULTS("dmarc=pass header.from=evil.example") TOP "From: x@evil.example\n" FROM,
     ASKED_AUTHENTIC, "unknown",
     "From names evil.example and a.example, and programs differ in which they show", NULL},
    {"two authors",
     RESULTS("dmarc=pass header.from=evil.example") TOP "From: x@evil.example, jo@a.example\n\nx\n",
     ASKED_AUTHENTIC, "unknown", "From names evil.example and a.example", NULL},
    {"two authors of one domain",
     RESULTS("dmarc=pass header.from=a.example") TOP "From: x@a.example, jo@a.example\n\nx\n",
     ASKED_AUTHENTIC, "yes", "Yes, it comes from a.example", NULL},
    {"answers elsewhere",
     RESULTS("dmarc=pass header.from=a.example") TOP "Reply-To: boss@mail.other.example\n" FROM,
     ASKED_AUTHENTIC, "yes", "Yes", "answers go to boss@mail.other.example (Reply-To)"},
    {"answers to another mailbox of that provider",
     RESULTS("dmarc=pass header.from=a.example") TOP "Reply-To: jo.2@a.example\n" FROM, ASKED_AUTHENTIC,
     "yes", "Yes", "answers go to another address of that domain, jo.2@a.example"},
    {"answers to the list",
     RESULTS("dmarc=pass header.from=a.example") TOP
     "List-Id: <kim.b.example>\nReply-To: kim@b.example\n" FROM,
     ASKED_AUTHENTIC, "yes", "Yes", "answers go to the list kim@b.example"},
    {"from oneself",
     RESULTS("dmarc=fail header.from=b.example") TOP "From: kim@b.example\nTo: kim@b.example\n\nx\n",
     ASKED_AUTHENTIC, "no", "Not shown", "From and To are the same address"},
    {"no From", RESULTS("spf=pass smtp.mailfrom=a.example") TOP "To: kim@b.example\n\nx\n", ASKED_AUTHENTIC,
     "no", "no From field", NULL},

    {"SpamAssassin",
     "X-Spam-Status: Yes, score=6.3 required=5.0 tests=[BAYES_99=3.5,\n\tFREEMAIL_FORGED_REPLYTO=2.5, "
     "SPF_PASS=-0.1]\n" TOP FROM,
     ASKED_SPAM, "yes", "6.3 points, 5.0 are enough", "BAYES_99 3.50, FREEMAIL_FORGED_REPLYTO 2.50"},
    {"what would change it",
     "X-Spam-Status: Yes, score=6.3 required=5.0 tests=[BAYES_99=3.5,\n\tHTML_X=2.5]\n" TOP FROM, ASKED_SPAM,
     "yes", "Yes", "without the first of these rules it would have had 2.80 points"},
    {"points in another field",
     "X-Spam-Report: \n\t*  3.6 RCVD_IN_PBL RBL: in the list\n\t* -0.1 SPF_PASS SPF: ok\n"
     "X-Spam-Status: Yes, score=5.1 required=5.0 tests=RCVD_IN_PBL,SPF_PASS autolearn=no\n" TOP FROM,
     ASKED_SPAM, "yes", "5.1 points", "RCVD_IN_PBL 3.60"},
    {"the receiver's beats the sender's",
     "X-Spam-Status: Yes, score=35.20\n" TOP "X-Spam-Status: No, score=-2.9 required=5\n" FROM, ASKED_SPAM,
     "yes", "35.20 points", "--2.9"},
    {"only the sender's", TOP "X-Spam-Status: No, score=-2.9 required=5\n" FROM, ASKED_SPAM, "unknown",
     "anyone could have written", NULL},
    {"rspamd has two thresholds",
     "X-Spam: Yes\nX-Spamd-Result: default: False [9.30 / 15.00]; HFILTER_HELO_BADIP(4.50)[1.2.3.4,1]\n" TOP
         FROM,
     ASKED_SPAM, "yes", "marked it as spam", "HFILTER_HELO_BADIP 4.50"},
    {"rules without points",
     "X-Spam-Status: Yes, score=6.8 required=5.0 tests=BAYES_50,DEAR_FRIEND,\n\tSPF_PASS,UNDISC_FREEM "
     "autolearn=no version=3.4.6\n" TOP FROM,
     ASKED_SPAM, "yes", "6.8 points, 5.0 are enough",
     "without their points: BAYES_50, DEAR_FRIEND, UNDISC_FREEM"},
    {"rules without a verdict", TOP "X-Spam-Report: *  3.4 HELO_X Relay\n\t*  0.9 FORGED_X x\n" FROM,
     ASKED_SPAM, "unknown", "no spam filter left its verdict",
     "its rules that count against the mail: HELO_X 3.40, FORGED_X 0.90"},
    {"rules of another filter than the one that judged",
     "X-Spam: Yes\n" TOP "X-Synology-Spam-Status: score=6.1, required 5, FREEMAIL_X 5.006\n" FROM, ASKED_SPAM,
     "yes", "Yes", "X-Synology-Spam-Status lists rules that count against the mail: FREEMAIL_X 5.01 (anyone"},
    {"points without a verdict", "X-ICL-SCORE: 4.33\nX-Spam-Score: 3.1\n" TOP FROM, ASKED_SPAM, "unknown",
     "Not known: a spam filter gave it 3.1 points, but the header does not say from how many on",
     "iCloud gave it the score 4.33"},
    {"points are told once",
     "X-Spam-Status: Yes, score=13.2 required=5\nX-Spam-Score: 132\nX-Spam-Bar: +++++++++++++\n" TOP FROM,
     ASKED_SPAM, "yes", "13.2 points", "-132"},
    {"Microsoft's reasons in words",
     "Received: from x.protection.outlook.com (2603:10a6:4:3f::44) by y.prod.outlook.com with HTTPS; Tue, 24 "
     "Nov 2026 10:00:12 +0000\nAuthentication-Results: spf=pass (sender IP is 198.51.100.7)\n "
     "smtp.mailfrom=other.example; dkim=none (message not signed)\n header.d=none; dmarc=none action=none\n "
     "header.from=a.example;compauth=fail reason=001\nReceived: from mail.a.example (198.51.100.7) by\n "
     "x.mail.protection.outlook.com (10.152.4.1) with Microsoft SMTP Server id 15.20; Tue, 24 Nov 2026 "
     "10:00:10 +0000\nX-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;auth:0;dest:J;\n" FROM,
     ASKED_SPAM, "yes", "Outlook put it into the junk folder", "composite authentication: fail, reason 001"},
    {"the mailbox counts for more than its filter",
     "Received: from x.protection.outlook.com (2603:10a6:4:3f::44) by y.prod.outlook.com with HTTPS; Tue, 24 "
     "Nov 2026 10:00:12 +0000\nReceived: from mail.a.example (198.51.100.7) by\n "
     "x.mail.protection.outlook.com (10.152.4.1) with Microsoft SMTP Server id 15.20; Tue, 24 Nov 2026 "
     "10:00:10 +0000\nX-MS-Exchange-Organization-SCL: 9\nX-Microsoft-Antispam-Mailbox-Delivery: "
     "abwl:0;wl:1;dest:I;OFR:TrustedSenderList;\n" FROM,
     ASKED_SPAM, "no", "No: Outlook put it into the inbox, though Microsoft gave it", "trusted senders"},
    {"rspamd's results at the end, with the boundary's queue id",
     TOP AT_END "X-Spamd-Result: default: False [1.59 / 15.00]; DATE_IN_PAST(1.00)[25]\n"
                "X-Rspamd-Queue-Id: 4hRRnL1mD0z9vNQY\n\nx\n",
     ASKED_SPAM, "no", "rspamd did not refuse it: 1.59 points", NULL},
    {"with another id",
     TOP AT_END "X-Spamd-Result: default: False [1.59 / 15.00]; DATE_IN_PAST(1.00)[25]\n"
                "X-Rspamd-Queue-Id: 4hRRnL1mD0z9vNQZ\n\nx\n",
     ASKED_SPAM, "unknown", "anyone could have written", NULL},
    {"with two results",
     TOP AT_END "X-Spamd-Result: default: False [1.59 / 15.00]; DATE_IN_PAST(1.00)[25]\n"
                "X-Spamd-Result: default: False [9.00 / 15.00]; DATE_IN_PAST(1.00)[25]\n"
                "X-Rspamd-Queue-Id: 4hRRnL1mD0z9vNQY\n\nx\n",
     ASKED_SPAM, "unknown", "anyone could have written", NULL},
    {"rspamd's note at the end makes no other field believed",
     TOP RESULTS("dkim=pass header.d=a.example; dmarc=pass header.from=a.example") AT_END
     "X-Rspamd-Queue-Id: 4hRRnL1mD0z9vNQY\n\nx\n",
     ASKED_AUTHENTIC, "unknown", "Not known", "-passed"},
    {"a verdict at the end that names the receiver",
     TOP AT_END
     "X-Spam-Status: Yes, score=13.2\nX-Spam-Report: Spam detection software, running on the system "
     "\"mx.b.example\",\n has identified it.\n  5.0 BAYES_99 BODY: x\n\nx\n",
     ASKED_SPAM, "yes", "Probably: the spam filter judged it as spam: 13.2 points", "BAYES_99 5.00"},
    {"a good verdict at the end that names the receiver",
     TOP AT_END "X-Spam-Status: No, score=-3.2\nX-Spam-Checker-Version: SpamAssassin 4.0.0 (x) on "
                "mx.b.example\n\nx\n",
     ASKED_SPAM, "unknown", "anyone could have written", NULL},
    {"Exchange's own field at the end",
     "Received: from mail.a.example (198.51.100.7) by mx.b.example\n (192.0.2.3) with Microsoft SMTP Server "
     "id "
     "15.1.2507.44; Tue, 24 Nov 2026 10:00:10 +0000\n" AT_END "X-MS-Exchange-Organization-SCL: 9\n\nx\n",
     ASKED_SPAM, "yes", "spam confidence level (SCL) 9", NULL},
    {"Exchange's field without Exchange", TOP AT_END "X-MS-Exchange-Organization-SCL: -1\n\nx\n", ASKED_SPAM,
     "unknown", "anyone could have written", NULL},
    {"another's verdict against it beside one's own",
     "X-Spam-Status: No, score=1.0 required=5\n" TOP "X-Ovh-Spam-Status: SPAM\n" FROM, ASKED_SPAM, "no",
     "1.0 points", "Vade's filter at this provider judged it as spam (anyone could have written this field)"},
    {"no filter", TOP FROM, ASKED_SPAM, "unknown", "no spam filter left its verdict", NULL},

    {"in time", TOP LOW("Tue, 24 Nov 2026 10:00:05 +0000") FROM, ASKED_DELAY, "no", "No: it took 5 s", NULL},
    {"greylisting of an earlier mail",
     "X-Greylist: delayed 92149 seconds by postgrey-1.27 at mx.b.example; Tue\n" TOP LOW(
         "Tue, 24 Nov 2026 10:00:05 +0000") FROM,
     ASKED_DELAY, "no", "No: it took 5 s", "this one took 5 s in all"},
    {"a queue", TOP LOW("Tue, 24 Nov 2026 08:00:05 +0000") FROM, ASKED_DELAY, "yes",
     "Yes: 2 h 0 min at mail.a.example, until mx.b.example had it",
     "2 h 0 min at the hand-over to mx.b.example"},
    {"greylisting",
     "X-Greylist: delayed 900 seconds by postgrey-1.36 at mx.b.example; Tue\n" TOP LOW(
         "Tue, 24 Nov 2026 09:45:05 +0000") FROM,
     ASKED_DELAY, "yes", "because mx.b.example put it off (greylisting)",
     "postgrey-1.36 at mx.b.example made it wait: 900 s"},
    {"greylisting counts from the first mail",
     "X-Greylist: delayed 400000 seconds by postgrey-1.36 at mx.b.example; Tue\n" TOP LOW(
         "Tue, 24 Nov 2026 09:43:41 +0000") FROM,
     ASKED_DELAY, "yes", "greylisting", "this one waited 16 min"},
    {"greylisting by the host that the field names",
     "Received: from list.b.example (list.b.example [192.0.2.1])\n\tby mx.c.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vCCC;\n\tTue, 24 Nov 2026 12:00:10 +0000 (UTC)\n" TOP
     "X-Greylist: delayed 2484 seconds by postgrey-1.27 at mx.b.example; Tue\n" LOW(
         "Tue, 24 Nov 2026 09:03:00 +0000") FROM,
     ASKED_DELAY, "yes", "Yes: 2 h 0 min of 2 h 57 min at mx.b.example, until mx.c.example had it",
     "another 57 min because mx.b.example put it off (greylisting) until mail.a.example tried again"},
    {"greylisting before the list of that host took it in again",
     "Received: from mx.b.example (localhost [127.0.0.1])\n\tby mx.b.example (Postfix) with ESMTP id "
     "4hRRnL1mD0z9vCCC;\n\tTue, 24 Nov 2026 12:00:10 +0000 (UTC)\n"
     "X-Greylist: delayed 909 seconds by postgrey-1.36 at mx; Tue\n" TOP LOW(
         "Tue, 24 Nov 2026 09:44:50 +0000") FROM,
     ASKED_DELAY, "yes", "Yes: 2 h 0 min of 2 h 15 min within mx.b.example",
     "another 15 min because mx.b.example put it off (greylisting) until mail.a.example tried again"},
    {"moderation, noted below all",
     "Received: from mx.b.example (mx.b.example [192.0.2.1])\n\tby mx.c.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vCCC;\n\tTue, 24 Nov 2026 16:00:10 +0000 (UTC)\n" TOP
     "X-Mailman-Approved-At: Tue, 24 Nov 2026 15:59:50 +0000\n" FROM,
     ASKED_DELAY, "yes", "at a list on mx.b.example, until a moderator let it go",
     "a moderator of the list let it go"},
    {"moderation by a rule that is named",
     "Received: from mx.b.example (mx.b.example [192.0.2.1])\n\tby mx.c.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vCCC;\n\tTue, 24 Nov 2026 16:00:10 +0000 (UTC)\n" TOP
     "X-Mailman-Rule-Hits: nonmember-moderation\nX-Mailman-Approved-At: Tue, 24 Nov 2026 15:59:50 "
     "+0000\n" FROM,
     ASKED_DELAY, "yes", "until a moderator let it go", "the list held it by its rule nonmember-moderation"},
    {"resent by the one who had it",
     "Received: from mx.b.example (mx.b.example [192.0.2.1])\n\tby mx.c.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vCCC;\n\tTue, 24 Nov 2026 16:00:10 +0000 (UTC)\n"
     "Resent-Date: Tue, 24 Nov 2026 17:00:00 +0100\nResent-From: kim@b.example\n" TOP FROM,
     ASKED_DELAY, "no", "after mx.b.example had delivered it, until somebody there resent it",
     "resent it at"},
    {"resent at another time",
     "Received: from mx.b.example (mx.b.example [192.0.2.1])\n\tby mx.c.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vCCC;\n\tTue, 24 Nov 2026 16:00:10 +0000 (UTC)\n"
     "Resent-Date: Tue, 24 Nov 2026 18:00:00 +0100\n" TOP FROM,
     ASKED_DELAY, "yes", "at mx.b.example, until mx.c.example had it", "-resent"},
    {"approved at another time",
     "Received: from mx.b.example (mx.b.example [192.0.2.1])\n\tby mx.c.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vCCC;\n\tTue, 24 Nov 2026 16:00:10 +0000 (UTC)\n" TOP
     "X-Mailman-Approved-At: Mon, 23 Nov 2026 15:59:50 +0000\n" FROM,
     ASKED_DELAY, "yes", "at mx.b.example, until mx.c.example had it", "-moderator"},
    {"collected, and late before",
     "Received: from pop.b.example [192.0.2.9]\n\tby home.b.example with POP3 (fetchmail-6.4.1)\n\tfor "
     "<kim@localhost> (single-drop); Tue, 24 Nov 2026 22:00:10 +0000 (UTC)\n" TOP LOW(
         "Tue, 24 Nov 2026 09:30:00 +0000") FROM,
     ASKED_DELAY, "yes", "Yes: 30 min at mail.a.example, until mx.b.example had it",
     "another 12 h 0 min in the mailbox at mx.b.example until home.b.example collected it"},
    {"a clock in another zone",
     "Received: from mx.b.example (mx.b.example [192.0.2.1])\n\tby store.b.example (Postfix) with ESMTPS id "
     "4hRRnL1mD0z9vBBB;\n\tTue, 24 Nov 2026 10:00:11 +0000 (UTC)\nReceived: from mail.a.example "
     "(mail.a.example [198.51.100.7])\n"
     "\tby mx.b.example (Postfix) with ESMTPS id 4hRRnL1mD0z9vNQY\n\tfor <kim@b.example>; Tue, 24 Nov 2026 "
     "12:00:10 +0000\n" LOW("Tue, 24 Nov 2026 10:00:05 +0000") FROM,
     ASKED_DELAY, "no", "No: it took 6 s", "the clock of mx.b.example is 119 min fast"},
    {"collected",
     "Received: from pop.b.example [192.0.2.9]\n\tby home.b.example with POP3 (fetchmail-6.4.1)\n\tfor "
     "<kim@localhost> "
     "(single-drop); Tue, 24 Nov 2026 22:00:10 +0000 (UTC)\n" TOP FROM,
     ASKED_DELAY, "no", "until home.b.example collected it (POP3)", NULL},
    {"the clock of a host that wrote two fields",
     "Received: from list.b.example (list.b.example [198.51.100.9])\n\tby mx.c.example (Postfix) with ESMTP "
     "id "
     "4hRRnL1mD0z9vCCC\n\tfor <kim@c.example>; Tue, 24 Nov 2026 10:00:12 +0000 (UTC)\n"
     "Received: by list.b.example via listexpand; Tue, 24 Nov 2026 10:05:11 +0000\n"
     "Received: from mail.a.example (mail.a.example [198.51.100.7])\n\tby list.b.example (Postfix) with "
     "ESMTPS id "
     "4hRRnL1mD0z9vNQY; Tue, 24 Nov 2026 10:05:10 +0000\n" LOW("Tue, 24 Nov 2026 10:00:02 +0000") FROM,
     ASKED_DELAY, "no", "No: it took 10 s, from mail.a.example to mx.c.example",
     "the clock of list.b.example is 4 min fast"},
    {"greylisted at a host with a wrong clock that wrote two fields",
     "Received: from list.b.example (list.b.example [198.51.100.9])\n\tby mx.c.example (Postfix) with ESMTP "
     "id "
     "4hRRnL1mD0z9vCCC\n\tfor <kim@c.example>; Tue, 24 Nov 2026 10:10:12 +0000 (UTC)\n"
     "Received: by list.b.example via listexpand; Tue, 24 Nov 2026 10:15:11 +0000\n"
     "X-Greylist: delayed 600 seconds by postgrey-1.27 at list.b.example; Tue, 24 Nov 2026 10:15:10 +0000\n"
     "Received: from mail.a.example (mail.a.example [198.51.100.7])\n\tby list.b.example (Postfix) with "
     "ESMTPS id "
     "4hRRnL1mD0z9vNQY; Tue, 24 Nov 2026 10:15:10 +0000\n" LOW("Tue, 24 Nov 2026 10:00:02 +0000") FROM,
     ASKED_DELAY, "yes", "10 min because list.b.example put it off (greylisting)", "is 4 min fast"},
    {"a login of another than From, of which a field tells",
     TOP "X-Authenticated-Sender: host.a.example: max@other.example\n" FROM, ASKED_AUTHENTIC, "unknown",
     "Not known", ", which is not the From address (anyone"},
    {"the login of the From address", TOP "X-Authenticated-Sender: host.a.example: jo@a.example\n" FROM,
     ASKED_AUTHENTIC, "unknown", "Not known", "-login"},
    {"rspamd of a host before",
     TOP LOW(
         "Tue, 24 Nov 2026 10:00:02 +0000") "X-Spamd-Result: default: True [16.00 / 15.00];\n\tX(16.00)[]\n"
                                            "X-Rspamd-Queue-Id: 4hRRnL1mD0z9vAAA\n" FROM,
     ASKED_SPAM, "unknown", "Not known",
     "the id that mail.a.example had given the mail: it judged what goes out there"},
    {"a provider's filter of what its customers send",
     TOP LOW("Tue, 24 Nov 2026 10:00:02 +0000") "X-GND-Status: SPAM\nX-GND-Sasl: jo@a.example\n" FROM,
     ASKED_SPAM, "unknown", "Not known", "it judged what its own customer sent"},
    {"the first host's clock beside the Date field", TOP LOW("Tue, 24 Nov 2026 09:50:00 +0000") FROM,
     ASKED_DELAY, "yes", "Yes: 10 min at mail.a.example",
     "the Date field is 10 min later than the time at which mail.a.example had it"},
    {"a Date field of another time zone",
     TOP LOW("Tue, 24 Nov 2026 10:00:05 +0000") "From: Jo <jo@a.example>\nDate: Tue, 24 Nov 2026 18:00:00 "
                                                "+0000\n\nhello\n",
     ASKED_DELAY, "no", "No: it took", "the author's clock has the wrong time zone, or that host's"},
    {"a Date field long before",
     TOP LOW("Tue, 24 Nov 2026 10:00:05 +0000") "From: Jo <jo@a.example>\nDate: Tue, 24 Nov 2026 09:20:05 "
                                                "+0000\n\nhello\n",
     ASKED_DELAY, "no", "No: it took", "the Date field is 40 min earlier than the time at which"},
    {"points of one filter, rules of another",
     TOP "From: Jo <jo@a.example>\n"
         "X-Barracuda-Spam-Status: No, SCORE=-1.52 using global scores of TAG_LEVEL=5.0 "
         "QUARANTINE_LEVEL=6.0 KILL_LEVEL=9.0 tests=\n"
         "X-Spam-Report: * 0.6 URIBL_SBL in a list\n * 0.7 SUBJ_ALL_CAPS Subject is all capitals\n"
         "\nhello\n",
     ASKED_SPAM, "unknown", "Barracuda let it pass", "X-Spam-Report lists rules that count against the mail"},
    {"one time", TOP FROM, ASKED_DELAY, "unknown", "only one Received field", NULL},
    {"no way", FROM, ASKED_DELAY, "unknown", "no Received field", NULL},

    {"a site's name in the field's",
     "X-Site7-MailScanner-SpamCheck: spam, SpamAssassin (not cached, score=6.1,\n\trequired 5, BAYES_99 "
     "3.50)\n" TOP FROM,
     ASKED_SPAM, "yes", "Yes: MailScanner judged it as spam: 6.1 points", "BAYES_99 3.50"},
    {"the rules of a verdict for the mail",
     "X-Spam-Status: No, score=3.8 required=5.0 tests=FREEMAIL_FORGED_REPLYTO,SUBJ_ALL_CAPS\n" TOP FROM,
     ASKED_SPAM, "no", "No: SpamAssassin let it pass: 3.8 points",
     "without their points: FREEMAIL_FORGED_REPLYTO, SUBJ_ALL_CAPS"},
    {"no points, no verdict", "X-Spam-Score: 0.0\n" TOP FROM, ASKED_SPAM, "no",
     "Hardly: a spam filter gave it 0.0", NULL},
    {"points, no threshold", "X-Spam-Score: 4.2\n" TOP FROM, ASKED_SPAM, "unknown",
     "the header does not say from how many on it is spam", NULL},
    {"written five hours before, to the minute",
     TOP "From: Jo <jo@a.example>\nDate: Tue, 24 Nov 2026 04:59:40 +0000\n\nx\n", ASKED_DELAY, "unknown",
     "only one Received field", NULL},
    {"with two fields",
     TOP LOW("Tue, 24 Nov 2026 10:00:08 +0000") "From: Jo <jo@a.example>\nDate: Tue, 24 Nov 2026 05:00:06 "
                                                "+0000\n\nx\n",
     ASKED_DELAY, "no", "it took 2 s", "a clock is off (as with the wrong time zone)"},
    {"by an odd time",
     TOP LOW("Tue, 24 Nov 2026 10:00:08 +0000") "From: Jo <jo@a.example>\nDate: Tue, 24 Nov 2026 05:17:06 "
                                                "+0000\n\nx\n",
     ASKED_DELAY, "no", "it took 2 s", "-wrong time zone"},
    {"a wait by a field in the receiver's name that came with the mail",
     TOP "Received: from x.c.example (x.c.example [203.0.113.9])\n\tby mx.b.example (Postfix) with ESMTPS id "
         "4hRRnL1mD0z9vAAA;\n\tTue, 24 Nov 2026 04:00:10 +0000\n" FROM,
     ASKED_DELAY, "yes", "before mx.b.example had it, by a field in its own name that came with the mail",
     NULL},
    {"not refused, but marked",
     "X-Spamd-Result: default: False [11.40 / 15.00]; BAYES_SPAM(5.10)[99.99%]\n" TOP "X-Spam: Yes\n" FROM,
     ASKED_SPAM, "yes", "Probably: a spam filter marked it as spam", "BAYES_SPAM 5.10"},
    {"not refused with few points, and what a sender's filter may have written",
     "X-Spamd-Result: default: False [0.40 / 15.00]; MIME_HTML_ONLY(0.20)[]\n" TOP "X-Spam: Yes\n" FROM,
     ASKED_SPAM, "no", "rspamd did not refuse it", "marked it as spam (anyone"},
    {"a verdict below the only Received field",
     TOP "X-Spam-Status: Yes, score=9.31 required=5 tests=TXREP\n" FROM, ASKED_SPAM, "yes",
     "Probably: SpamAssassin judged it as spam: 9.31", "TXREP"},
    {"one for the mail, below the only Received field",
     TOP "X-Spam-Status: No, score=0.31 required=5 tests=TXREP\n" FROM, ASKED_SPAM, "unknown",
     "anyone could have written", NULL},
    {"points of points", "X-Spam-Status: 18.8/5.0, autolearn=no\n" TOP FROM, ASKED_SPAM, "yes",
     "SpamAssassin gave it 18.8 points", NULL},
    {"no points, brought along", TOP "X-Spam-Score: 0.0\n" FROM, ASKED_SPAM, "unknown",
     "only a field that came with the mail, or that anyone could have written, speaks of it: a spam filter "
     "gave "
     "it 0.0",
     NULL},
    {"points of one brought along, and another filter beside",
     TOP "X-Spam-Score: 7.6 (+++++++)\nX-Microsoft-Antispam: BCL:0;\n" FROM, ASKED_SPAM, "unknown",
     "speaks of it: a spam filter gave it 7.6 points", "(BCL 0) (anyone could have written this field)"},
    {"a filter of the sender's host, under its brand",
     TOP "X-Acme-Outgoing-Class: ham\nX-Acme-Outgoing-Evidence: Combined (0.02)\n" FROM, ASKED_SPAM,
     "unknown", "no spam filter left", "-Combined"},
    {"the receiver's, under its brand", "X-Acme-Class: unsure\nX-Acme-Evidence: Combined (0.77)\n" TOP FROM,
     ASKED_SPAM, "unknown", "no spam filter left", "was unsure whether it is spam"},
    {"what let it pass",
     "X-Spam-Status: No, score=-99.0 required=5.0 autolearn=disabled\n"
     "X-Spam-Report: *  -99 ALL_TRUSTED Passed through trusted hosts only via SMTP\n" TOP FROM,
     ASKED_SPAM, "no", "-99.0 points", "what counts most for the mail: ALL_TRUSTED -99.00"},
    {"rspamd's report by Exim, folded into the points",
     "X-Spam-Flag: No\nX-Spam-Score: 3.2\n X-Spam-Bar: +++\n X-Spam-Report: Action: no action\n Symbol: "
     "MISSING_TO(2.00)\n Symbol: SPAM_WORDS(0.50)\n" TOP FROM,
     ASKED_SPAM, "no", "a spam filter let it pass", "MISSING_TO 2.00, SPAM_WORDS 0.50"},
    {"Stalwart's word beside another's", "X-Spam-Status: Yes\n" TOP "X-Spam-Score: spam, score=5.61\n" FROM,
     ASKED_SPAM, "yes", "marked it as spam", "Stalwart judged it as spam: 5.61 points"},
    {"Received fields of an earlier mail below From",
     TOP "From: Jo <jo@a.example>\nTo: kim@b.example\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n" LOW(
         "Fri, 6 Nov 2026 10:00:00 +0000 (UTC)") "\nx\n",
     ASKED_DELAY, "unknown", "only one Received field has a time", NULL},
    {"greylisting longer than the one wait",
     TOP
     "X-Greylist: delayed 517 seconds by postgrey-1.27 at mail.a.example; Tue, 24 Nov 2026 09:59:00 +0000\n"
     "Received: from c.a.example (c.a.example [198.51.100.8])\n\tby mail.a.example (Postfix) with ESMTP id "
     "4hRRnL1mD0z9vAAA;\n\tTue, 24 Nov 2026 09:59:00 +0000 (UTC)\n"
     "Received: from d.a.example (d.a.example [198.51.100.9])\n\tby c.a.example (Postfix) with ESMTP id "
     "4hRRnL1mD0z9vAAB;\n\tTue, 24 Nov 2026 09:54:50 +0000 (UTC)\n"
     "Received: from [10.0.0.1]\n\tby d.a.example (Postfix) with ESMTPSA id "
     "4hRRnL1mD0z9vAAC;\n\tTue, 24 Nov 2026 09:50:00 +0000 (UTC)\n" FROM,
     ASKED_DELAY, "yes", "4 min of", "517 s since its first try"},
    {"straight", TOP FROM, ASKED_ROUTE, "direct",
     "mx.b.example took it from mail.a.example [198.51.100.7] for kim@b.example", NULL},
    {"collected from one's own provider",
     "Received: from pop.b.example [192.0.2.9]\n\tby localhost with POP3 (fetchmail-6.4.1)\n\tfor "
     "<kim@localhost> (single-drop); Tue, 24 Nov 2026 22:00:10 +0000 (UTC)\n" TOP FROM,
     ASKED_ROUTE, "direct", "mx.b.example took it from mail.a.example", NULL},
    {"collected, and told",
     "Received: from pop.b.example [192.0.2.9]\n\tby localhost with POP3 (fetchmail-6.4.1)\n\tfor "
     "<kim@localhost> (single-drop); Tue, 24 Nov 2026 22:00:10 +0000 (UTC)\n" TOP FROM,
     ASKED_ROUTE, "direct", "mx.b.example took it from mail.a.example",
     "localhost collected it from the mailbox at"},
    {"collected, but below is another's",
     "Received: from pop.c.example [192.0.2.9]\n\tby localhost with POP3 (fetchmail-6.4.1)\n\tfor "
     "<kim@localhost> (single-drop); Tue, 24 Nov 2026 22:00:10 +0000 (UTC)\n" TOP FROM,
     ASKED_ROUTE, "direct", "localhost took it from 192.0.2.9", NULL},
    {"a list", TOP "List-Id: Club <club.lists.example>\n" FROM, ASKED_ROUTE, "list", "Through a mailing list",
     "club.lists.example"},
    {"a list of the sender's own", TOP "List-Id: repo <repo.a.example>\n" FROM, ASKED_ROUTE, "direct",
     "Straight", "its List-Id, repo.a.example, is of the From domain"},
    {"a real list of the author's own organisation",
     TOP "List-Id: repo <repo.a.example>\nX-BeenThere: repo@lists.a.example\n" FROM, ASKED_ROUTE, "list",
     "Through a mailing list", "repo.a.example"},
    {"a Delivered-To that came with the mail",
     "Received: from mail.a.example (mail.a.example [198.51.100.7])\n\tby mx.b.example (Postfix) with ESMTPS "
     "id "
     "4hRRnL1mD0z9vNQY;\n\tTue, 24 Nov 2026 10:00:10 +0000 (UTC)\nDelivered-To: root@a.example\n" FROM,
     ASKED_ROUTE, "direct", "mx.b.example took it from mail.a.example [198.51.100.7]", NULL},
    {"forwarded", TOP "X-Forwarded-For: jo@a.example kim@b.example\n" FROM, ASKED_ROUTE, "forwarded",
     "It was forwarded", NULL},
    {"the sender before the list is no list",
     TOP "X-MailFrom: jo@a.example\nList-Id: <club.lists.example>\n" FROM, ASKED_ROUTE, "list",
     "Through a mailing list", "it passed through the mailing list club.lists.example"},
    {"no way at all", FROM, ASKED_ROUTE, "unknown", "no Received field", NULL},
};

static bool has_reason(const struct answer *a, const char *words) {
    for (const struct note *n = a->because.first; n; n = n->next)
        if (slice_find(n->text, slice_of(words)) < n->text.len)
            return true;
    return false;
}

static void answers(void **state) {
    struct mailwhy *why = mailwhy_new(NULL);
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct mailwhy_input input = {.size = sizeof(struct mailwhy_input),
                                      .name = "x",
                                      .bytes = rows[i].message,
                                      .length = strlen(rows[i].message),
                                      .first_line = 1};
        struct report report;
        worker_report(worker, &input, &report);
        const struct answer *a = &report.answers[rows[i].asked];
        expect_text(rows[i].what, slice_of(a->result), rows[i].result);
        if (slice_find(a->text, slice_of(rows[i].text)) >= a->text.len)
            fail_msg("%s: \"%.*s\" does not say \"%s\"", rows[i].what, S(a->text), rows[i].text);
        bool is_not = rows[i].because && rows[i].because[0] == '-';
        if (rows[i].because && has_reason(a, rows[i].because + is_not) == is_not)
            fail_msg("%s: a reason %s \"%s\"", rows[i].what, is_not ? "says" : "does not say",
                     rows[i].because + is_not);
        assert_true(a->confidence != CONFIDENCE_CERTAIN);
    }
    mailwhy_worker_free(worker);
    mailwhy_free(why);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
