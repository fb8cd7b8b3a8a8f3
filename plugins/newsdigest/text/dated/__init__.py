"""The words of a text that date, found and marked as `<time>`: "mardi soir", "last week", "ngày 22/1".

words            a text -> its dated words, at the day, month, week or year they mean
times            the same around the text of an article's HTML, what is shown of each
copy             one paragraph: where others speak, what days it can mean
tenses           whether the verb beside a word tells of what was or of what is to come; the lists of words
relative         words that date by the text's day alone: "hier", "next month"
french           days with their month, months; french_days: weekdays and numbers alone
french_calendar  the French names of days and months
english, vietnamese  the same of these languages, less of it
"""
