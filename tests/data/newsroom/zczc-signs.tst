ZCZC
:RACING TAS
=Results
;Results from Tollan
*format t
$s
TOLLAN, 23 Jan 2026 (AAP) - Ruth won the first race.

Pell was second.
NNNN
