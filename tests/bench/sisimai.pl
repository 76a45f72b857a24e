# Sisimai over files, in one process: messages, recipients and reasons recognised.
use strict;
use warnings;
use Sisimai;

my ($bounces, $recipients, $reasons) = (0, 0, 0);
for my $file (@ARGV) {
    my $found = eval { local $SIG{__WARN__} = sub { }; Sisimai->make($file) } or next;
    $bounces++;
    $recipients += @$found;
    $reasons += grep { $_->reason && $_->reason !~ /^(undefined|onhold)$/ } @$found;
}
print "$bounces $recipients $reasons\n";
