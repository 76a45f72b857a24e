/* Whose logs are not read: see unread.h. Each mark was seen in public, 2026-11-26. */
#include "parsers/log/unread.h"

#include "parsers/log/line_text.h"

static const struct {
    const char *mark, *system;
} systems[] = {
    {" type=statistics pri=", "FortiMail"},
    {" msg=\"[smtpd] ", "Mailpit"},
    {" RECV - - ", "Barracuda's gateway"},
    {" SEND ENC ", "Barracuda's gateway"},
    {" SEND - ", "Barracuda's gateway"},
    {"postal-worker[", "Postal"},
    {" pkg=queue ", "mox"},
    {"ns8-sendmail[", "NethServer's ns8-sendmail"},
    {"smtp::queue::", "Stalwart before 0.9"},
    {"smtp::inbound::", "Stalwart before 0.9"},
    {"jmap::email::ingest", "Stalwart before 0.9"},
    {"(rspamd_proxy) <", "rspamd"},
    {"(normal) <", "rspamd"},
    {"(controller) <", "rspamd"},
    {"rmilter[", "rmilter"},
    {"\tSMTP-OU\t", "MailEnable"},
    {"\tSMTP-IN\t", "MailEnable"},
    {" SMTPSVC1 ", "Microsoft's IIS"},
    {" OutboundConnectionCommand ", "Microsoft's IIS"},
    {" OutboundConnectionResponse ", "Microsoft's IIS"},
    {" sys=\"SecureMail\" ", "Sophos UTM"},
    {"|aCode=", "Mimecast"},
    {"] [Worker_", "the Anti-Spam SMTP Proxy (ASSP)"},
    {" found in DNS blacklist ", "Kerio Connect"},
    {"Attempt to deliver to unknown recipient <", "Kerio Connect"},
    {"<co ts=\"", "Oracle Messaging Server"},
    {" DEBUG -- : [", "Postal"},
    {"] INFO -- : [", "Postal"},
    {" | info | ", "mailcow's web interface"},
    {" smtp-out ", "Web Crossing"},
    {" Router: Message ", "HCL Domino"},
    {" DEQUEUER [", "CommuniGate Pro"},
    {" SMTP-(", "Ipswitch IMail"},
    {",STOREDRIVER,DELIVER,", "Exchange's message tracking, without its #Fields line"},
    {",SMTP,SEND,", "Exchange's message tracking, without its #Fields line"},
};

const char *log_unread_system(struct slice line) {
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
        if (slice_has(line, systems[i].mark))
            return systems[i].system;
    return NULL;
}
