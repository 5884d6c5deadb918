"""What pages of several doors show: frame, pager, findings, ranks, … The values stand here beside their templates."""
