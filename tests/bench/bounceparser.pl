# Mail::DeliveryStatus::BounceParser over files, in one process: messages, recipients and reasons recognised.
use strict;
use warnings;
use Mail::DeliveryStatus::BounceParser;

my ($bounces, $recipients, $reasons) = (0, 0, 0);
for my $file (@ARGV) {
    open my $handle, '<', $file or die "$file: $!";
    my $bounce = eval { local $SIG{__WARN__} = sub { }; Mail::DeliveryStatus::BounceParser->new($handle) } or next;
    next unless $bounce->is_bounce;
    my @reports = grep { $_->get('email') } $bounce->reports;
    $bounces++ if @reports;
    $recipients += @reports;
    $reasons += grep { ($_->get('std_reason') // 'unknown') ne 'unknown' } @reports;
}
print "$bounces $recipients $reasons\n";
