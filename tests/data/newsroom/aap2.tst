AAP4567 2 s 0300 
CRIK:Test Day 2
CRIK:Home side on top after day two
Eds: updates throughout
By Sue Lark
  HOBART, Jan 23 AAP - The home side is on top after
day two of the Test.
  They lead by 120 runs.
  AAP RTV sl/mn
The following information is not for publication
Contact 123

230903 GMT Jan 26
