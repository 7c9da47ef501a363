# Contributions and the items of the budget.

finance-lead = What the members contribute a year, and what it pays for.
finance-empty = The record holds no scale of contributions and no budget on the day shown.
finance-scale-kicker = In force { $since }
finance-scale-ended = In force from { $since } { $until }
finance-picture = { $title }, as one bar
finance-description = The bar is the whole of { $total }. From the largest share to the smallest: { $shares }.
finance-share-of = { $party } { $share }
finance-caption = Contributions by country, the largest first
finance-party = Country
finance-amount = Amount a year
finance-share = Share
finance-total = Total
finance-each = { $share } each
finance-others = { $count ->
    [one] one country
   *[other] { $count } countries
  }
finance-sum-title = Why the shares add up to { $sum }
finance-sum = Each share is the amount divided by { $total } and rounded to two decimals. Rounded one by one, the { $count } shares add up to { $sum }; the amounts add up to { $total } exactly. The amounts count: shares are computed from them and never stored.
finance-sum-exact = The shares add up to { $sum } exactly, and the amounts to { $total }.
finance-approved = Amounts as approved at:
finance-budget-title = What it pays for
finance-budget-lead = Items of the annual budget. The source gives no amounts for them.
finance-funds-title = Funds
finance-fund-manager = Managed by
finance-fund-overseers = Overseen by
finance-spender = Budget of:
