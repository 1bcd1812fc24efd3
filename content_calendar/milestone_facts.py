"""What the calendar says of milestones."""

from content_calendar.services.first_month import FIRST_MONTH, planned_first_months
from strategies.in_force import MilestoneFact, register_milestone_fact

register_milestone_fact(MilestoneFact(FIRST_MONTH, planned_first_months))
