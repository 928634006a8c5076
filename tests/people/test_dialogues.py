"""一问接一问：指着刚才的说，听得懂；自成一问的，前面说过什么都不改它。"""

import pytest

from .conftest import OTHER, TEACHER, UNBOUND, Hall

Turn = tuple[str, tuple[str, ...], tuple[str, ...]]


def turn(text: str, *said: str, unsaid: tuple[str, ...] = ()) -> Turn:
    """问一句，回复里要有什么、不能有什么。"""
    return text, said, unsaid


DIALOGUES = {
    "改口换成另一个证书": [
        turn("数控车铣加工的邮箱", "13886185106@163.com"),
        turn(
            "不对，我要的是数控设备维护与维修的",
            "bj-fanuc.com.cn",
            unsaid=("13886185106", "已记下"),
        ),
        turn("联系人呢", "尹建", unsaid=("韩力",)),
    ],
    "比过之后问那一家": [
        turn("数控车铣加工谁管", "韩力"),
        turn("多轴数控加工呢", "多轴数控加工"),
        turn("这两个是同一家吗", "是同一家"),
        turn("他家还有别的证书没", "证书（2个）", "华中数控", unsaid=("出了点问题",)),
    ],
    "由人问到他管的证书": [
        turn("李金柱是谁", "联想"),
        turn("他那个证书分几级", "等级：", unsaid=("15810726008",)),
        turn("阿里也有个云计算的，那个叫什么", "云计算开发与运维"),
    ],
    "打错了名字": [
        turn("王肖肖的电话"),
        turn("打错了，是王潇潇", "15757124781"),
    ],
    "不认识的名字改成认识的证书": [
        turn("酿酒工艺证书的邮箱", "没有"),
        turn("说错了，我问的是物流管理", "clppCN@126.com"),
    ],
    "在列出来的里面挑": [
        turn("第二批有哪些证书", "母婴护理"),
        turn("里面跟养老有关的那个联系谁", "杨根来", unsaid=("李凯",)),
        turn("其中做云计算的电话是多少", "025-66771753"),
    ],
    "列出来的第几个": [
        turn("工业机器人方向有哪些证书", "工业机器人操作与运维"),
        turn("最后一个的联系人", "工业机器人集成应用"),
        turn("第一个呢", "陈穆珩"),
    ],
    "清单里它的那个": [
        turn("云计算方面有哪些证书", "云服务操作管理"),
        turn("联想那个怎么联系", "李金柱"),
        turn("阿里的呢", "荣浚博", unsaid=("李金柱",)),
    ],
    "一家的第几个": [
        turn("腾讯名下有哪几个证", "云服务操作管理", "界面设计"),
        turn("第二个归谁管", "陶圆"),
        turn("那第一个呢", "胡玉玲"),
        turn("她邮箱", "elenahu@tencent.com"),
    ],
    "说错了要另一个": [
        turn("工业机器人的证有哪几种", "工业机器人装调"),
        turn("装调是哪家的", "15140183575"),
        turn("哎说错了，我要集成应用那个", "李太铨", unsaid=("15140183575",)),
    ],
    "清单换一批": [
        turn("云计算方面有哪些证书", "云服务操作管理"),
        turn("我问的是二批", "云计算平台运维与开发", unsaid=("云服务操作管理",)),
    ],
    "名称里的几个字": [
        turn("工业机器人应用编程的联系人", "王志强"),
        turn("装调呢", "工业机器人装调", unsaid=("轨道交通", "智能网联")),
        turn("操作与运维呢", "陈穆珩"),
    ],
    "另一个": [
        turn("华为有哪些证书", "智能计算平台应用开发"),
        turn("第一个是第几批的", "网络系统建设与运维", "第三批"),
        turn("另一个的邮箱呢", "智能计算平台应用开发", "@"),
    ],
    "同一家的另一个": [
        turn("汽车运用与维修的联系人", "陈学峰"),
        turn("他们家另一个证书叫什么", "智能新能源汽车"),
    ],
    "前一个": [
        turn("光伏电站运维的邮箱", "xc@rheaeco.com"),
        turn("集成电路开发与测试的邮箱", "朗迅"),
        turn("另一个的电话呢", "15757124781"),
    ],
    "那个人": [
        turn("韩力的电话", "18040538803"),
        turn("他那个证书叫什么", "数控车铣加工"),
        turn("他们单位叫什么", "武汉华中数控"),
    ],
    "号码的主人": [
        turn("15757124781 是谁的", "王潇潇"),
        turn("他那个证书叫什么", "光伏电站运维"),
        turn("邮箱呢", "xc@rheaeco.com"),
    ],
    "是不是同一家": [
        turn("家务管理找谁联系", "刘洪建"),
        turn("母婴护理呢", "李凯"),
        turn("这两个是同一家吗", "是同一家", "阳光大姐", unsaid=("不是",)),
        turn("网络安全评估呢", "奇虎"),
        turn("这俩是一家公司的吗", "不是同一家", "阳光大姐", "奇虎"),
        turn("是同一批的吗", "不是同一批", "第二批", "第三批"),
    ],
    "话里点了名的比一比": [
        turn("BIM和装配式是同一家吗", "是同一家", "中科建筑"),
        turn("数控车铣加工和多轴数控加工是同一个人吗", "是同一位联系人", "韩力"),
    ],
    "回到刚才的": [
        turn("光伏电站运维的电话", "15757124781"),
        turn("校车几点发车？", "早上七点"),
        turn("还是刚才光伏的，邮箱多少", "xc@rheaeco.com"),
    ],
    "另外几个": [
        turn("电子商务方面的证书有哪些", "网店运营推广"),
        turn("B2B那个是谁家的", "跨境电商B2B数据运营"),
        turn("另外两个呢", "电子商务数据分析", "网店运营推广", unsaid=("跨境电商",)),
    ],
    "刚列的里面那一批": [
        turn("机器人方向有哪些证书", "工业机器人应用编程"),
        turn("三批的是哪几个", "工业机器人装调", unsaid=("应用编程", "大数据")),
        turn("装调那个联系谁", "工业机器人装调", unsaid=("智能网联",)),
    ],
    "单位的别的证书": [
        turn("韩力负责哪个证书", "多轴数控加工"),
        turn("这家单位还有别的证书吗", "武汉华中数控", "证书（2个）"),
    ],
    "同方向的": [
        turn("云计算平台运维与开发电话", "025-66771753"),
        turn("同方向的还有哪些证书", "云服务操作管理"),
    ],
    "说了名称又别处答的": [
        turn("光伏电站运维的电话", "15757124781"),
        turn("校车几点发车？", "早上七点"),
        turn("刚才那个证书的邮箱", "xc@rheaeco.com"),
    ],
}


@pytest.mark.parametrize("name", DIALOGUES)
async def test_what_was_just_said_is_pointed_at(hall: Hall, name: str) -> None:
    for text, said, unsaid in DIALOGUES[name]:
        reply = await hall.say(text, TEACHER, UNBOUND)
        for part in said:
            assert part in reply, (text, reply)
        for part in unsaid:
            assert part not in reply, (text, reply)


BEFORE = (
    ("第二批有哪些证书",),
    ("云计算方面有哪些证书", "联想那个怎么联系"),
    ("光伏电站运维的电话",),
    ("王潇潇的电话",),
    ("家务管理找谁联系", "母婴护理呢"),
)
ALONE = (
    "校车停在哪里？",
    "养老方面有哪些证书",
    "工业机器人装调的邮箱",
    "阿里巴巴有哪些证书",
    "第三批有哪些证书",
    "浪潮的电话",
    "13609797502 是谁的",
    "今天天气怎么样",
    "你们几点下班",
)


@pytest.mark.parametrize("text", ALONE)
async def test_a_question_that_stands_by_itself_is_answered_for_itself(
    hall: Hall, text: str
) -> None:
    alone = await hall.say(text, OTHER, UNBOUND)
    for before in BEFORE:
        for asked in before:
            await hall.say(asked, TEACHER, UNBOUND)
        assert await hall.say(text, TEACHER, UNBOUND) == alone, before


async def test_what_one_person_spoke_of_is_not_anothers(hall: Hall) -> None:
    await hall.say("华为有哪些证书", TEACHER, UNBOUND)
    for text in ("另一个的邮箱呢", "第一个的电话", "这两个是同一家吗", "他电话多少"):
        assert "华为" not in await hall.say(text, OTHER, UNBOUND)


async def test_unaddressed_only_questions_follow(hall: Hall) -> None:
    await hall.say("华为有哪些证书", TEACHER, UNBOUND)
    for text in ("另一个我有", "第一个就行", "他们家的", "里面那些都看过了"):
        assert await hall.say(text, TEACHER, UNBOUND, addressed=False) == "", text
    told = await hall.say("另一个的邮箱是什么？", TEACHER, UNBOUND, addressed=False)
    assert "@" in told


async def test_a_menu_is_answered_in_its_own_words(hall: Hall) -> None:
    offered = await hall.say("机器人证书的电话", TEACHER, UNBOUND)
    if "工业机器人应用编程" in offered:
        assert "13552969054" in await hall.say("编程那个", TEACHER, UNBOUND)
    offered = await hall.say("网络安全那个证书的电话", TEACHER, UNBOUND)
    assert "2." in offered
    assert "@" in await hall.say("第二个的邮箱", TEACHER, UNBOUND)


@pytest.mark.parametrize(
    "text",
    ["登记 桂东示例职业技术学院 陈示例", "教 校车几点发车", "窗口的事怎么办来着"],
)
async def test_orders_and_registrations_are_no_open_questions(
    hall: Hall, text: str
) -> None:
    await hall.say(text, TEACHER, UNBOUND)
    kept = await hall.assistant.conversation.unanswered.open(None)
    assert all(row.text.startswith("窗口的事") for row in kept)
