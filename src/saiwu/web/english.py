"""The software's own words in English, by their Chinese. What is not here is shown in Chinese."""

ENGLISH: dict[str, str] = {
    "首页": "Home",
    "赛项": "Events",
    "日程": "Calendar",
    "通知": "Notice",
    "成绩": "Results",
    "查询": "Certificates",
}
