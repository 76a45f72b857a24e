/* After how long a reply says to come back. */
#include "analyze/verdict/asked_wait.h"
#include "tests/table.h"

static void waits(void **state) {
    static const struct {
        const char *words;
        int seconds;
    } rows[] = {
        {"Greylisted, please try again in 15 minutes", 900},
        {"try again after 300 seconds", 300},
        {"Greylisting in action, please come back in 00:05:00", 300},
        {"try again in 01:00:00 hours", 3600},
        {"retry in 5min.", 300},
        {"wait 2 hours", 7200},
        {"try again later", -1},
        {"550 5.1.1 no such user", -1},
        {"the limit is 100 messages in 10 minutes", -1},
        {"try again in 99999999999 days", -1},
        {"try again in 400 days", -1},
        {"try again, 192.0.2.1 is listed", -1},
        {"try again in 0 seconds", -1},
        {"", -1},
        {"try again in 1 hour(s) 25 minute(s) and see http://portal.gmx.net/serverrules", 5100},
        {"Retry after 1 h 30 min", 5400},
        {"retry in 2h30m", 9000},
        {"try again in 1 hour, 5 minutes and 3 seconds", 3903},
        {"Too many connections, try again in 10m", 600},
        {"try again in 10mx", -1},
        {"please try again in five minutes", 300},
        {"ask again in half an hour", 1800},
        {"locked for ten minutes", 600},
        {"Bitte versuchen Sie es in 10 Minuten erneut", 600},
        {"Bitte warten Sie zwei Stunden", -1},
        {"Veuillez r\303\251essayer dans 15 minutes", 900},
        {"Vuelva a intentarlo en 2 horas", 7200},
        {"Riprova tra 5 minuti", 300},
        {"повторите попытку через 5 минут", 300},
        {"5分後にまた来てください", 300},
        {"请于30分钟后重试", 1800},
        {"发信人在15分钟内的发信数量超过限制", -1},
        {"Gmail は 47 時間再試行し、配信できなかった場合はお知らせします", -1},
        {"Will keep trying until message is 5 days old", -1},
        {"Message will be retried for 2 more day(s)", -1},
        {"message still undelivered after 4 hours", -1},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].words, reply_retry_after(slice_of(rows[i].words)), rows[i].seconds);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(waits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
