/* Words by which mail programs and libraries are known: see sending_program.h. Each was seen on 2026-11-26 or
 * 27, in reports of errors where no file is named. */
#include "parsers/bounce/sending_program.h"

#include "parsers/bounce/pasted_forms.h"

#include <glib.h>

static const struct slice signs[] = {
    SLICE("0x800CCC"),                   /* Outlook, Windows Mail */
    SLICE("0x8004210"),                  /* Outlook's timeouts (MicrosoftDocs, index id 3582873773) */
    SLICE("Outgoing server (SMTP)"),     /* Thunderbird (messengercompose/composeMsgs) */
    SLICE("Postausgangs-Server (SMTP)"), /* the same in German */
    SLICE("Postausgang-Server (SMTP)"),  /* the same */
    SLICE("SMTP Error:"),                /* PHPMailer/PHPMailer:language/phpmailer.lang-en.php */
    SLICE("PHPMailer"),                  /* the same */
    SLICE("SMTP connect() failed"),      /* the same */
    SLICE("Swift_TransportException"),   /* swiftmailer/swiftmailer */
    SLICE("Symfony\\Component\\Mailer"), /* symfony/mailer */
    SLICE("Connection could not be established with host"), /* the same, and swiftmailer/swiftmailer */
    SLICE("Expected response code"),                        /* the same */
    SLICE("php_network_getaddresses"),                      /* PHP: PHPMailer/PHPMailer, issue 2248 */
    SLICE("stream_socket_client()"),                        /* the same: PHPMailer/PHPMailer, issue 2609 */
    SLICE("stream_socket_enable_crypto()"),                 /* the same */
    SLICE("smtplib."),                                      /* python/cpython:Lib/smtplib.py */
    SLICE("SMTPAuthenticationError"),                       /* the same */
    SLICE("SMTPSenderRefused"),                             /* the same */
    SLICE("SMTPRecipientsRefused"),                         /* the same */
    SLICE("SMTPServerDisconnected"),                        /* the same */
    SLICE("(421, b'"),                                      /* the same: a code, and words as bytes */
    SLICE("(450, b'"),                                      /* the same */
    SLICE("(451, b'"),                                      /* the same */
    SLICE("(501, b'"),                                      /* the same */
    SLICE("(530, b'"),                                      /* the same */
    SLICE("(535, b'"),                                      /* the same */
    SLICE("(550, b'"),                                      /* the same */
    SLICE("(553, b'"),                                      /* the same */
    SLICE("(554, b'"),                                      /* the same */
    SLICE("com.sun.mail."),                                 /* Java Mail */
    SLICE("javax.mail."),                                   /* the same */
    SLICE("jakarta.mail."),                                 /* the same, later */
    SLICE("java.net.UnknownHostException"),                 /* the same: intermine/intermine, issue 1375 */
    SLICE("Unknown SMTP host"),                             /* the same */
    SLICE("System.Net.Mail."),                              /* .NET */
    SLICE("remote name could not be resolved"),             /* .NET: Radarr/Radarr, issue 866 */
    SLICE("MailKit."),                                      /* jstedfast/MailKit */
    SLICE("(SocketError)"),                  /* Ruby's net/smtp: instructure/canvas-lms, issue 2460 */
    SLICE("SocketError (getaddrinfo"),       /* the same: openSUSE/osem, issue 2090 */
    SLICE("net/smtp.rb"),                    /* the same */
    SLICE("socket.gaierror"),                /* python/cpython:Modules/socketmodule.c */
    SLICE("code: 'EAUTH'"),                  /* nodemailer/nodemailer */
    SLICE("Greeting never received"),        /* the same: lib/smtp-connection/index.js */
    SLICE("Missing credentials for"),        /* the same */
    SLICE("Net::OpenTimeout"),               /* Ruby's net/protocol */
    SLICE("Net::ReadTimeout"),               /* the same */
    SLICE("Net::SMTP"),                      /* Ruby's net/smtp, the names of its errors */
    SLICE("SMTPNotSupportedError"),          /* python/cpython:Lib/smtplib.py */
    SLICE("SSL: WRONG_VERSION_NUMBER"),      /* the same: Modules/_ssl.c */
    SLICE("SSL: CERTIFICATE_VERIFY_FAILED"), /* the same */
    SLICE("javax.net.ssl."),                 /* Java */
    SLICE("sSMTP: Cannot open"),             /* ssmtp.c of Debian */
    SLICE("verify that your email address is correct in your"), /* Thunderbird */
    SLICE("E-Mail-Adresse in den Konten-Einstellungen stimmt"), /* the same (thunderbird l10n, de) */
    SLICE("An error occurred while sending mail"),              /* the same (messengercompose/composeMsgs) */
    SLICE("Sending of the message failed"),                     /* the same */
    SLICE("Please check the message recipient"),                /* the same */
    SLICE("Fehler beim Senden der Nachricht"),                  /* the same (thunderbird l10n, de) */
    SLICE("Senden der Nachricht fehlgeschlagen"),               /* the same */
    SLICE("Senden der Nachricht ist fehlgeschlag"),             /* the same */
    SLICE("Der Mail-Server antwortete"),                        /* the same */
    SLICE("Verbindungsaufbau mit dem SMTP-Server"),             /* the same */
    SLICE("SMTP Error ("),                          /* Roundcube: roundcube/roundcubemail, issue 8103 */
    SLICE("Error SMTP ("),                          /* the same: issue 7448 */
    SLICE("Error SMTP: ["),                         /* the same: issue 6572 */
    SLICE("SMTP-Fehler ("),                         /* the same in German */
    SLICE("Failed to add recipient \""),            /* the same, and SnappyMail */
    SLICE("A copy has been placed in your Outbox"), /* Apple's Mail (MessageUI) */
    SLICE("bad response on command '"),             /* eleith/emailjs, issue 202 */
    SLICE("message could not be sent. Try sending the message again later"), /* Outlook (KB 2918777) */
    SLICE("Error is [0x"),                                                   /* the same */
    SLICE("Fehler ist [0x"),                                                 /* the same in German */
    SLICE("code: 'EMESSAGE'"),                                               /* nodemailer/nodemailer */
    SLICE("code: 'EENVELOPE'"),                                              /* the same */
    SLICE("org.eclipse.angus.mail."),                        /* keycloak/keycloak, issue 27456 */
    SLICE("Bamboo.SMTPAdapter"),                             /* fewlinesco/bamboo_smtp, issue 52 */
    SLICE("{:network_failure, "),                            /* gen_smtp: the same */
    SLICE("{permanent_failure,<<"),                          /* the same: gen-smtp/gen_smtp, issue 140 */
    SLICE("{:permanent_failure, "),                          /* the same: fewlinesco/bamboo_smtp, issue 148 */
    SLICE("gomail: "),                                       /* Go: grafana/grafana, issues 7273 and 24769 */
    SLICE("logger=alerting.notifier.email"),                 /* the same: issue 8867 */
    SLICE("failed to send notification to email addresses"), /* the same: hassio-addons/app-grafana, 284 */
    SLICE("source=\"notify.go:"),                            /* Go: prometheus/alertmanager, issue 473 */
    SLICE("ocorreu ao enviar mensage"),                      /* Thunderbird: root-io/vmail, issue 51 */
    SLICE("Failed to send some messages"), /* Thunderbird for Android, K-9 Mail: issue 9206 */
    SLICE("SMTP Pro Self Test"),           /* aschroder/Magento-SMTP-Pro-Email-Extension, issue 92 */
    SLICE("SMTP 5xx error: "),             /* the same: issue 6038 */
    SLICE("SMTP 4xx error: "),             /* the same */
    SLICE("SMTP Client error: "),          /* the same: issue 2423 */
    SLICE("lettre::"),                     /* dani-garcia/vaultwarden, issue 917 */
    SLICE("MailSo\\Smtp\\"),               /* RainLoop/rainloop-webmail, issue 2018 */
    SLICE("Horde_Mail_Exception"),         /* nextcloud/mail, issue 1168 */
    SLICE("NegativeSmtpReplyException"),   /* thunderbird/thunderbird-android, issue 1624 */
    SLICE("SMTP connection failure:"),     /* Delta Chat: chatmail/relay, issue 409 */
    SLICE(", expected reply code "),       /* qnikst/HaskellNet, issue 47 */
    SLICE("msmtp: "),                      /* marlam/msmtp, issue 23 */
};

/* What a mail server writes that had taken the mail from the program: the reply is of the next one. Sources:
 * Exim/exim:src/src/deliver.c, vdukhovni/postfix:postfix/src/bounce, qmail-send.c, RFC 3464 section 2.3.6
 * (seen 2026-11-28). */
static const struct slice later_signs[] = {
    SLICE("SMTP error from remote mail server"),
    SLICE("This is the mail system at host"),
    SLICE("created automatically by mail delivery software"),
    SLICE("Remote host said:"),
    SLICE("status=bounced"),
    SLICE("status=deferred"),
    SLICE("Diagnostic-Code:"),
};

static bool has_later_sign(struct slice text) {
    for (size_t i = 0; i < G_N_ELEMENTS(later_signs); i++)
        if (slice_find_nocase(text, later_signs[i]) < text.len)
            return true;
    return false;
}

bool is_of_sending_program(struct slice text) {
    if (has_later_sign(text))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (slice_find_nocase(text, signs[i]) < text.len)
            return true;
    return form_is_dotnet(text);
}
