# The form that narrows a list.

filter-label = Narrow the list
filter-text = Words
filter-section = Section
filter-kind = Kind
filter-status = State
filter-year = Year
filter-country = Country
filter-party = Who took part
filter-body = Body
filter-all = Any
filter-option = { $name } ({ $count })
filter-show = Show
filter-clear = Show all
