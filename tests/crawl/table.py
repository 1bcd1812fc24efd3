"""Who may open what: the table that the crawl holds every address to.

A new address needs a line here; an address without one fails the crawl.
"""

from dataclasses import dataclass

from workspaces.permissions import Permission as May

READING = ("GET", "HEAD", "OPTIONS")
WRITING = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Open:
    """An address outside the workspaces: the statuses that a visitor's GET may get."""

    anonymous: tuple[int, ...]


@dataclass(frozen=True)
class Personal:
    """A thing of one member, the marketer: another member of the workspace gets 404."""

    permission: May = May.VIEW


@dataclass(frozen=True)
class ReadWrite:
    """A page that more people may look at than may save."""

    read: May
    write: May


Rule = Open | Personal | ReadWrite | May

SIGN_IN = Open((302,))

RULES: dict[str, Rule] = {
    # --- outside the workspaces
    "home": Open((200,)),
    "account_login": Open((200,)),
    "demo_sign_in": Open((404, 405)),  # there only in the demo
    "account_logout": SIGN_IN,
    "account_inactive": Open((200,)),
    "account_signup": Open((200,)),
    "account_reauthenticate": SIGN_IN,
    "account_email": SIGN_IN,
    "account_email_verification_sent": Open((200,)),
    "account_change_password": SIGN_IN,
    "account_set_password": SIGN_IN,
    "account_reset_password": Open((200,)),
    "account_confirm_login_code": Open((302, 404)),
    "account_confirm_email": Open((200,)),
    "account_reset_password_from_key_done": Open((200,)),
    "account_reset_password_from_key": Open((200,)),
    "account_reset_password_done": Open((200,)),
    "accounts:profile": SIGN_IN,
    "workspaces:list": SIGN_IN,
    "workspaces:create": SIGN_IN,
    "less_email:less": Open((404,)),
    "less_email:stop": Open((404,)),
    "members:invitation": Open((404,)),
    "shared:document": Open((404,)),
    "shared:sheet": Open((404,)),
    "shared:document_file": Open((404,)),
    "shared:sheet_file": Open((404,)),
    "members:accept": Open((302, 404)),
    "healthz:live": Open((200,)),
    "healthz:ready": Open((200, 503)),
    # --- everyone's pages
    "today:today": May.VIEW,
    "today:numbers": May.VIEW,
    "today:find": May.VIEW,
    "workspaces:permissions": May.VIEW,
    "notifications:list": May.VIEW,
    "notifications:settings": May.VIEW,
    "notifications:test_email": May.VIEW,
    "notifications:read_all": May.VIEW,
    "notifications:open": Personal(),
    # --- people
    "workspaces:settings": May.EDIT_SETTINGS,
    "activity:list": May.SEE_ACTIVITY,
    "notifications:webhooks": May.EDIT_SETTINGS,
    "notifications:webhook_add": May.EDIT_SETTINGS,
    "notifications:webhook": May.EDIT_SETTINGS,
    "notifications:webhook_edit": May.EDIT_SETTINGS,
    "notifications:webhook_test": May.EDIT_SETTINGS,
    "notifications:webhook_secret": May.EDIT_SETTINGS,
    "notifications:webhook_on": May.EDIT_SETTINGS,
    "notifications:webhook_off": May.EDIT_SETTINGS,
    "notifications:webhook_remove": May.EDIT_SETTINGS,
    "notifications:webhook_restore": May.EDIT_SETTINGS,
    "operations:status": May.SEE_STATUS,
    "operations:retry": May.EDIT_SETTINGS,
    "operations:discard": May.EDIT_SETTINGS,
    "members:list": May.VIEW,
    "members:leave": May.VIEW,
    "members:invite": May.MANAGE_MEMBERS,
    "members:link": May.MANAGE_MEMBERS,
    "members:again": May.MANAGE_MEMBERS,
    "members:revoke": May.MANAGE_MEMBERS,
    "members:change": May.MANAGE_MEMBERS,
    "members:reassign": May.MANAGE_MEMBERS,
    "members:remove": May.MANAGE_MEMBERS,
    # --- channels
    "networks:list": May.VIEW,
    "networks:add": May.EDIT_CHANNELS,
    "networks:edit": May.EDIT_CHANNELS,
    "networks:move": May.EDIT_CHANNELS,
    "networks:remove": May.EDIT_CHANNELS,
    "networks:restore": May.EDIT_CHANNELS,
    "networks:channel": May.VIEW,
    "networks:access": May.EDIT_CHANNELS,
    "networks:access_add": May.EDIT_CHANNELS,
    "networks:access_confirm": May.EDIT_CHANNELS,
    "networks:access_export": May.EDIT_CHANNELS,
    "networks:access_import": May.EDIT_CHANNELS,
    "networks:access_upload": Personal(May.EDIT_CHANNELS),
    "networks:leaver_list": May.EDIT_CHANNELS,
    "networks:access_edit": May.EDIT_CHANNELS,
    "networks:access_end": May.EDIT_CHANNELS,
    "networks:access_restore": May.EDIT_CHANNELS,
    # --- policies
    "policies:list": May.VIEW,
    "policies:add": May.DRAFT_POLICIES,
    "policies:try": May.VIEW,
    "policies:hashtags": May.VIEW,
    "policies:hashtag": May.VIEW,
    "policies:hashtag_check": May.DRAFT_POSTS,
    "policies:hashtags_lasting": May.APPROVE_POSTS,
    "policies:policy": May.VIEW,
    "policies:acknowledge": May.VIEW,
    "policies:edit": May.DRAFT_POLICIES,
    "policies:draft": May.DRAFT_POLICIES,
    "policies:publish": May.PUBLISH_POLICIES,
    "policies:archive": May.PUBLISH_POLICIES,
    "policies:restore": May.PUBLISH_POLICIES,
    "policies:versions": May.VIEW,
    "policies:version": May.VIEW,
    "policies:withdraw": May.PUBLISH_POLICIES,
    "policies:readers": May.DRAFT_POLICIES,
    "policies:readers_export": May.DRAFT_POLICIES,
    "policies:remind": May.DRAFT_POLICIES,
    "policies:signed_copy": May.EDIT_CHANNELS,
    "policies:rules": May.DRAFT_POLICIES,
    "policies:rule": May.PUBLISH_POLICIES,
    # --- strategies
    "strategies:list": May.VIEW,
    "strategies:new": May.EDIT_STRATEGY,
    "strategies:summary": May.VIEW,
    "strategies:document": May.VIEW,
    "strategies:document_file": May.VIEW,
    "strategies:sheet": May.VIEW,
    "strategies:sheet_file": May.VIEW,
    "strategies:matrix": May.VIEW,
    "strategies:version_document": May.VIEW,
    "strategies:version_document_file": May.VIEW,
    "strategies:version_sheet": May.VIEW,
    "strategies:version_sheet_file": May.VIEW,
    "strategies:links": May.SHARE_STRATEGY,
    "strategies:link": May.SHARE_STRATEGY,
    "strategies:link_revoke": May.SHARE_STRATEGY,
    "strategies:rename": May.EDIT_STRATEGY,
    "strategies:archive": May.EDIT_STRATEGY,
    "strategies:reopen": May.EDIT_STRATEGY,
    "strategies:first_pass": May.EDIT_STRATEGY,
    "strategies:first_pass_screen": May.EDIT_STRATEGY,
    "strategies:first_pass_finish": May.EDIT_STRATEGY,
    "strategies:screen_from_finish": May.EDIT_STRATEGY,
    "strategies:question": May.VIEW,
    "strategies:not_known": May.EDIT_STRATEGY,
    "strategies:channel_table": May.EDIT_STRATEGY,
    "strategies:same_undo": May.EDIT_STRATEGY,
    "strategies:same_for_all": May.EDIT_STRATEGY,
    "strategies:row_add": May.EDIT_STRATEGY,
    "strategies:row_paste": May.EDIT_STRATEGY,
    "strategies:rows_not_known": May.EDIT_STRATEGY,
    "strategies:row": May.EDIT_STRATEGY,
    "strategies:row_move": May.EDIT_STRATEGY,
    "strategies:row_remove": May.EDIT_STRATEGY,
    "strategies:row_restore": May.EDIT_STRATEGY,
    # --- review
    "strategies:submit": May.EDIT_STRATEGY,
    "strategies:invite_reviewer": May.MANAGE_MEMBERS,
    "strategies:changes": May.VIEW,
    "strategies:discard": May.EDIT_STRATEGY,
    "strategies:versions": May.VIEW,
    "strategies:version": May.VIEW,
    "strategies:approve": May.REVIEW_STRATEGY,
    "strategies:ask_for_changes": May.REVIEW_STRATEGY,
    "strategies:approve_alone": May.APPROVE_ALONE,
    "strategies:withdraw": May.EDIT_STRATEGY,
    "strategies:reviewers": May.EDIT_STRATEGY,
    # --- roadmap
    "strategies:roadmap": May.VIEW,
    "strategies:milestone_add": May.EDIT_ROADMAP,
    "strategies:milestone": ReadWrite(May.TICK_MILESTONE, May.EDIT_ROADMAP),
    "strategies:milestone_do": May.TICK_MILESTONE,
    "strategies:milestone_state": May.TICK_MILESTONE,
    "strategies:milestone_remove": May.EDIT_ROADMAP,
    "strategies:milestone_restore": May.EDIT_ROADMAP,
    # --- results
    "measurement:results": May.VIEW,
    "measurement:figure": ReadWrite(May.VIEW, May.TICK_MILESTONE),
    "measurement:reading": May.TICK_MILESTONE,
    "measurement:remove": May.TICK_MILESTONE,
    "measurement:restore": May.TICK_MILESTONE,
    # --- the calendar
    "calendar:home": May.VIEW,
    "calendar:month": May.VIEW,
    "calendar:week": May.VIEW,
    "calendar:day": May.VIEW,
    "calendar:agenda": May.VIEW,
    "calendar:board": May.VIEW,
    "calendar:list": May.VIEW,
    "calendar:year": May.VIEW,
    "calendar:hearing": May.VIEW,
    "calendar:quick_add": May.DRAFT_POSTS,
    "calendar:move": May.EDIT_CALENDAR,  # contributors: their own
    "calendar:bulk": May.DRAFT_POSTS,
    "calendar:bulk_undo": May.DRAFT_POSTS,
    "calendar:filter_save": May.VIEW,
    "calendar:filter_remove": May.EDIT_CALENDAR,  # everybody: their own
    "calendar:add": May.DRAFT_POSTS,
    "calendar:plan_suggestion": May.DRAFT_POSTS,
    "calendar:post": ReadWrite(May.VIEW, May.DRAFT_POSTS),
    "calendar:remove": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),  # contributors: their own
    "calendar:restore": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),  # contributors: their own
    "calendar:new_check": May.DRAFT_POSTS,
    "calendar:new_fields": May.DRAFT_POSTS,
    "calendar:check": May.DRAFT_POSTS,
    "calendar:fields": May.DRAFT_POSTS,
    "calendar:duplicate": May.DRAFT_POSTS,
    "calendar:template_add": May.DRAFT_POSTS,
    "calendar:template_remove": May.EDIT_CALENDAR,
    "calendar:template_restore": May.EDIT_CALENDAR,
    "calendar:history": May.VIEW,
    "calendar:undo": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),  # contributors: their own
    "calendar:comment_add": May.DRAFT_POSTS,
    "calendar:comment_remove": Personal(May.DRAFT_POSTS),
    "calendar:comment_restore": Personal(May.DRAFT_POSTS),
    "calendar:media_add": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),  # as is what follows
    "calendar:media_describe": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:media_move": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:media_remove": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:media_restore": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:media_file": May.VIEW,
    "calendar:media_preview": May.VIEW,
    # --- states and going out; contributors move their own posts
    "calendar:submit": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:schedule": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:make_draft": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:cancel": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:published": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:not_published": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:hand_over": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:take_back": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:publish_now": May.EDIT_CALENDAR,
    "calendar:reasons": ReadWrite(May.DRAFT_POSTS, May.EDIT_CALENDAR),
    "calendar:day_check": ReadWrite(May.VIEW, May.EDIT_CALENDAR),
    "calendar:day_untick": May.EDIT_CALENDAR,
    "calendar:review": May.VIEW,
    "calendar:approve": May.APPROVE_POSTS,
    "calendar:ask_for_changes": May.APPROVE_POSTS,
    "calendar:correct": May.APPROVE_POSTS,
    "calendar:approve_alone": May.APPROVE_ALONE,
    "calendar:hand_over_many": May.EDIT_CALENDAR,
    "calendar:should_be_out": May.EDIT_CALENDAR,
    "calendar:should_be_out_undo": May.EDIT_CALENDAR,
    "calendar:zone": May.EDIT_CALENDAR,
    "calendar:holds": May.VIEW,
    "calendar:hold_stop": May.STOP_POSTS,
    "calendar:hold": May.VIEW,
    "calendar:hold_tick": May.STOP_POSTS,
    "calendar:hold_untick": May.STOP_POSTS,
    "calendar:hold_lift": May.LIFT_HOLD,
    "calendar:hold_answer": May.LIFT_HOLD,
    "calendar:hold_rest": May.LIFT_HOLD,
    "calendar:crisis_mark": May.LIFT_HOLD,
    "calendar:crisis_unmark": May.LIFT_HOLD,
    # --- reminders
    "reminders:list": May.VIEW,
    "reminders:add": May.VIEW,
    "reminders:edit": Personal(),
    "reminders:pause": Personal(),
    "reminders:resume": Personal(),
    "reminders:remove": Personal(),
    "reminders:restore": Personal(),
}
