s0201sbnl-
d s bc-bbo-nlbox   04-12 0098
^BC-BBO--NL Boxes,0098<
^NL Boxes<
	TOLLAN               ARRUAL
	             ab   r  h           ab  r  h
	Pell  ss      4   1  2  Quist cf  4  0  1
	Held  2b      3   0  0  Lark  1b  3  1  1
AP-WF-04-12-25 0210GMT<
