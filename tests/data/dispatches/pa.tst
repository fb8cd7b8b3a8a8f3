HHH0045 4 pol 160 PA 0123

1 POLITICS Fuel

LORVANIA TO CUT FUEL SUBSIDY BY A THIRD
By Ben Marlow, PA Political Correspondent
   The government of Lorvania said on Friday it would cut its fuel
subsidy by a third from March, a step that lenders had demanded for two
years.
   "We cannot pay people to burn what we import," Finance Minister Petra
Hollin told reporters in the capital.
   Queues formed at filling stations within an hour of the announcement,
and taxi drivers called a strike for Monday.
end
231015 JAN 26
