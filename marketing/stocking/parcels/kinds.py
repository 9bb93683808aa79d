"""The kinds of a delivery note, who must act on each, and the words that carriers use for it.

Patterns are tried from the most telling on: what went wrong before what goes its way, because
"returned to sender, recipient refused" tells of both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SHOP, SHOPPER, CARRIER, NOBODY = "shop", "shopper", "carrier", ""


@dataclass(frozen=True)
class Kind:
    """A kind of note: who must act, and patterns in both languages with their weight."""

    code: str
    acts: str
    patterns: tuple[tuple[float, str], ...]


KINDS: tuple[Kind, ...] = (
    Kind("customs", SHOP, (
        (6, r"海关|清关|报关|通关|关税|进口税|完税|申报(?:价|金额|材料|信息)|补(?:充)?(?:申报|"
            r"清关)|查验|扣关"),
        (6, r"\bcustoms?\b|\bduty\b|\bduties\b|import (?:tax|licen[cs]e|scan|clearance)|clearance"
            r"|commercial invoice|tariff|held by (?:border|import)|border (?:force|agency|"
            r"control)"),
        (6, r"口岸(?:查|检)|3C|原产地证|(?:个人|年度)额度|(?:身份证|护照)(?:信息|照片|号)|"
            r"互换局[^,。]{0,12}(?:补|申报|价值)|出口许可"),
        (6, r"\beori\b|\btax id\b|\bhs code\b|country of origin (?:is )?(?:missing|"
            r"required)|import permit|prohibited item|bonded"),
    )),
    Kind("lost", SHOP, (
        (6, r"(?:此后|之后|以来)(?:就)?(?:没有|无)(?:任何)?(?:记录|扫描|消息|轨迹)|"
            r"nothing turned up|(?:no|without a) scan (?:of|since)|"
            r"not (?:on|in) the (?:truck|van|container) (?:when|on)"),
        (6, r"丢失|遗失|丢件|下落不明|查无此件|找不到(?:包裹|快件|货)|件不见|疑似丢|"
            r"未找到(?:包裹|快件)|不知去向|失窃|被盗"
            r"|短少"),
        (6, r"\blost\b|missing (?:parcel|package|item|shipment)|(?:cannot|can't|unable to|"
            r"could not) (?:be )?locate"
            r"|untraceable|whereabouts|presumed (?:lost|missing)|stolen|not be (?:found|"
            r"traced)|missing in"
            r"|gone missing|no trace"),
        (6, r"(?:票|件|货|包裹|箱)(?:货物)?(?:不见|没了|不翼)|少(?:了)?一?件|缺(?:了)?一?件|"
            r"有出无(?:到|进)|立案|理赔(?:流程|中)"),
        (6, r"(?:parcel|item|package|shipment|it|piece) (?:was |is |has )?(?:still )?(?:not|"
            r"never) (?:been )?(?:found|located|arrived|turned up)|lost track|"
            r"search (?:was )?(?:unsuccessful|without)|cannot be (?:found|located)|"
            r"compensation claim|vanished|disappeared"),
    )),
    Kind("damaged", SHOP, (
        (6, r"\bliquid\b.{0,12}(?:coming|running|dripping)|(?:coming|hanging) out of the (?:parcel|"
            r"box)"),
        (6, r"破损|损坏|破裂|压坏|变形|漏液|渗漏|摔坏|碎(?:了|裂)|浸湿|淋湿|受潮|"
            r"外包装(?:严重)?(?:破|烂|湿)|污染|撕裂|打碎"
            r"|磕碰|挤压|进水|破(?:了|口|洞)"),
        (6, r"damag|\bbroken\b|crushed|leak|\btorn\b|\bwet\b|shattered|cracked|spilt|spilled|"
            r"dented|smashed"
            r"|soaked|punctured|ripped"),
        (6, r"内(?:物|件)(?:外露|破|坏|洒|损)|发霉|划痕|裂(?:开|缝|痕)|烂|凹|压扁|洒(?:出|"
            r"漏)|融化|开胶|散架|断裂|脱落"),
        (6, r"spoil|scratched|\bbent\b|mould|melted|exposed|burst|chipped|water ?logged|"
            r"ruined|repack|fell apart|open(?:ed)? seam"),
    )),
    Kind("refused", SHOP, (
        (6, r"do(?:es)? not want (?:it|this|them|the)|don't want (?:it|this|them|the)"),
        (6, r"拒收|拒签|拒绝(?:签收|收|接收|付款)|不要了|不愿(?:意)?(?:收|接收)|拒付|"
            r"客户(?:表示)?不(?:收|要)|收(?:件|货)人不要"
            r"|不肯收|不想要"),
        (6, r"refus|reject|declin(?:ed|es)|not accept|does not want|unwanted|won't take|"
            r"turned (?:it|the)? ?\w* ?away"
            r"|would not take|did not want"),
        (6, r"不(?:予|接|同意)(?:签收|接收|收货)|退给(?:卖家|商家)吧|没(?:有)?(?:买|订|"
            r"下单)过|当场(?:拒|退)|嫌"),
        (6, r"says? (?:he|she|they) (?:never|did not|didn't) order|unwilling|"
            r"will not (?:accept|take|pay)|no longer (?:wants|wanted|needed)|"
            r"turned .{0,20}away|not ordered"),
    )),
    Kind("returned", SHOP, (
        (5, r"退回|退件|退货|返回(?:寄件|发件|商家|仓)|退(?:至|往|还)|原路返|返件|已退|转退|"
            r"退(?:寄)?给?(?:寄|发)件|寄回"),
        (5, r"return(?:ed|ing)? to (?:the )?(?:sender|shipper|merchant|seller|origin|"
            r"warehouse|depot of origin)"
            r"|\brts\b|return(?:ed)? (?:shipment|parcel|in progress|initiated|complete)|"
            r"being returned"
            r"|back to (?:the )?(?:sender|shipper|merchant|seller)|sent back|on its way back|"
            r"is returning|return leg"),
        (5, r"拦截|返回(?:中|途|发)|返程|返件|召回|退还|退(?:件)?(?:中|途)|回到(?:商家|发件|"
            r"寄件)"),
        (5, r"intercept|handed back|unclaimed|undeliverable|back (?:at|in|"
            r"with) (?:the )?(?:origin|seller|shipper|merchant|sender)|recall(?:ed)? by|"
            r"return (?:label|trip|shipment|leg)|goes back|going back"),
    )),
    Kind("address", SHOPPER, (
        (5, r"(?:手机|电话)号?码?[^,。]{0,4}(?:少|多|缺)[^,。]{0,2}位"),
        (5, r"地址(?:有误|错误|不详|不清|不完整|不全|不明|不准|不存在|模糊|异常|信息)|"
            r"查无此(?:人|地址|址)|无此(?:人|地址)|门牌"
            r"(?:号)?(?:不|错|缺|有误|未)|(?:缺少|没有|未写|未填|补充|核实|更正|修改|"
            r"确认)[^,。]{0,8}(?:地址|门牌|楼号|房号|单元)"
            r"|收件人(?:信息|姓名)?(?:有误|不详|错误)|搬(?:走|离|家|迁)|超(?:出|"
            r"范围)[^,。]{0,6}(?:派送|范围|区)|非派送(?:区|范围)"
            r"|电话(?:号码)?(?:有误|错误|空号)|空号|写错|找不到(?:地址|门牌|该|这个)"),
        (5, r"(?:incorrect|wrong|incomplete|insufficient|invalid|bad|unknown|missing|unclear|"
            r"illegible|ambiguous)"
            r" ?(?:\w+ )?(?:address|house|street|apartment|apt|unit|postcode|zip|door|"
            r"building|suite|flat|number)"
            r"|address (?:is |was )?(?:\w+ )?(?:incorrect|wrong|incomplete|insufficient|"
            r"invalid|unknown|not found|query"
            r"|correction|problem|issue|does not exist|unclear|needed)|no such (?:address|"
            r"number|person|street)"
            r"|(?:moved|relocated)(?: away)?\b|addressee unknown|not known at|unknown at|"
            r"(?:no|without) "
            r"(?:house|apartment|unit|flat|suite|room) number|outside (?:the |"
            r"our )?(?:delivery|service) area"
            r"|(?:verify|confirm|correct|check) (?:the |your )?(?:\w+ )?address"),
        (5, r"(?:门牌|楼号|楼栋|小区|单元|街道|号码|道路|地名|邮编)[^,。]{0,6}(?:不存在|"
            r"没有|查不到|对不上|不符|错|无法识别)|没(?:有)?(?:写|这个(?:门牌|号|楼|地址))|"
            r"未(?:注明|写明|写)|对不上|面单(?:[^,。]{0,4})?(?:模糊|不清|破损看不清|"
            r"无法识别)|看不清|新地址|改址|住址|地址(?:变更|需|待|已改)|不在(?:本|派送|服务|"
            r"配送)(?:区|范围|区域)|同名"),
        (5, r"does not exist|do not exist|need(?:s|ed)? (?:the )?(?:correct|full|complete|"
            r"new|right)\b|(?:label|address|handwriting) (?:is |was )?(?:illegible|"
            r"unreadable|smudged|torn off)|destination unknown|(?:verify|confirm|supply|"
            r"provide|give) .{0,24}(?:number|address|street|floor|code|name)|"
            r"no longer (?:lives|resides|at)|does(?:n't| not) live|not serviced|"
            r"out of (?:area|range)|cannot find (?:the )?(?:house|building|street|address)|"
            r"name (?:does )?not (?:match|on)|no name on"),
    )),
    Kind("absent", SHOPPER, (
        (4, r"不在家|无人(?:在家|签收|接听|应答|应门)?|没人(?:在|接|应|开)|联系不(?:上|到)|"
            r"电话(?:无人|未接|关机|打不通|停机|不通|没人)"
            r"|未接(?:听|通)|家中无人|约(?:定)?(?:改|次|明|下|其他)|改(?:天|日|期|约|时间)|"
            r"二次派送|再次(?:派送|投递)|投递(?:不成功|未成功|失败|未果)"
            r"|派送(?:不成功|未成功|失败|未果)|未妥投|客户要求(?:延|改|晚|次|明|周)|暂(?:不便|"
            r"不方便|时无法)(?:收|签)"),
        (4, r"not (?:at )?home|no ?(?:body|one)(?: was)? (?:at|home|in|available|there|"
            r"answered|present|to sign)"
            r"|(?:recipient|customer|consignee|receiver|addressee|premises|business|office|shop)"
            r" (?:is |was )?(?:not available|unavailable|absent|away|out|closed|not in|"
            r"not present|unreachable)"
            r"|(?:attempt(?:ed)?|missed|unsuccessful|failed) (?:a )?(?:delivery|to deliver|"
            r"attempt)"
            r"|delivery (?:was )?(?:attempt(?:ed)?|failed|unsuccessful|could not be)|"
            r"no (?:answer|reply|access|response)"
            r"|(?:card|calling card|notice|slip) (?:was )?left|left (?:a )?(?:card|notice|"
            r"note|slip)|re-?schedul"
            r"|could not (?:get|gain) (?:in|access)|second attempt|sorry we missed|"
            r"unable to (?:deliver|reach|contact)"
            r"|closed on (?:arrival|delivery)|called but"),
        (4, r"出差|外出|在外地|放假|休息|关门|未营业|没开门|锁门|改(?:日|天|期|到|至|约)|"
            r"晚(?:上|点|些)(?:再|送)|不(?:太)?方便|约(?:定|好|在|到)?(?:周|明|后|下|今晚)|"
            r"门禁|再(?:派|送|投|联系)|等(?:他|她|客户|收件人)(?:通知|回)|没人|推迟(?:收|签)"),
        (4, r"(?:asked|requested|wants|prefers|agreed)(?: us)? (?:to |for |"
            r"that )?(?:re)?(?:deliver|come|another|a later|later|it|delivery|a new)|"
            r"\bshut\b|on (?:holiday|vacation|leave)|switched off|voicemail|"
            r"gate (?:was )?locked|door ?bell|intercom|(?:will|to) (?:re)?try (?:again)?|"
            r"retry|try again|new date|another day|instead\b|away until|not in\b|unattended|"
            r"nobody|no one"),
    )),
    Kind("delayed", CARRIER, (
        (4, r"延误|延迟|晚点|滞留|积压|爆仓|推迟|顺延|受(?:[^,。]{0,8})影响|暴雨|台风|大雪|"
            r"暴雪|洪水|大雾|封路|堵车|拥堵|疫情|航班(?:取消|延误)"
            r"|停运|故障|交通管制|管控|错分|错发|误发|漏(?:扫|装)|未(?:能)?按时|预计(?:晚|"
            r"推迟)|晚到|稍晚|节假日(?:不派|暂停|放假)|来不及|超时"
            r"|分拣(?:错误|异常)|路况"),
        (4, r"delay|late (?:arrival|running|departure)|running (?:late|behind)|"
            r"behind schedule|backlog|weather|storm|snow"
            r"|flood|typhoon|hurricane|strike|mechanical|breakdown|broke down|mis-?(?:sort|"
            r"rout)|misdirected|congestion"
            r"|road clos|flight (?:was )?cancel|missed (?:the )?(?:connection|flight|truck)|"
            r"later than (?:planned|expected)"
            r"|postponed|held up|longer than (?:usual|expected)|high (?:parcel )?volumes?|"
            r"wrong (?:depot|facility|hub|city)"
            r"|public holiday|rolled over|next working day"),
        (4, r"超负荷|件量(?:过|太|激|较)?(?:大|增|多)|来不及|缓慢|时效|封(?:路|闭|控|锁)|"
            r"转回|绕(?:道|行)|误(?:发|分|转)|恢复(?:后|正常)|暂缓|暂停(?:派|运|收)|事故|"
            r"停电|检修|降雪|冰冻|结冰|雨|雾|雪|罢工|晚(?:到|点|\d|两|一|三)天?|推(?:迟|后)|"
            r"改(?:签|航)|备降|爆满|拥堵|排队"),
        (4, r"missed the|in error|by mistake|re-?rout|industrial action|slow|extra days?|"
            r"days? (?:late|longer|more)|capacity|disrupt|power (?:cut|outage|failure)|"
            r"traffic|accident|emergency|fog|\bice\b|closure|suspended|overload|shortage|"
            r"peak season|technical (?:problem|fault|issue)|not (?:yet )?(?:left|moved)|"
            r"stuck|grounded|diverted|took longer|revised (?:eta|date)|new estimated"),
    )),
    Kind("delivered", NOBODY, (
        (3, r"(?:put|pushed|dropped) through (?:the|your)|handed over in person"),
        (3, r"已签收|签收(?:人|成功)|本人(?:已)?签收|已妥投|妥投|已送达|已(?:经)?送到|"
            r"(?<!不)代(?:签收|收(?!点|[,，][^。]{0,6}(?:取|拿|来)))|已取(?:件(?!出发|,)|走|出)|已收货|取件成功|派送成功"
            r"|投递成功|已投递|家人(?:签|代)|前台(?:代|已)?(?:签|收)|门卫(?:代|已)?(?:签|收)|"
            r"感谢(?:您)?使用|已领取|送达(?:客户|收件)|顺利送达"),
        (3, r"\bdelivered\b(?! to (?:the )?(?:wrong|depot|hub|facility))|signed (?:for )?by|"
            r"proof of delivery|collected by"
            r"|handed (?:to|over to) (?:the )?(?:resident|recipient|customer|neighbou?r|"
            r"reception|receptionist|consignee)"
            r"|left (?:in|at|with|on) (?:the |a |your )?(?:mailbox|porch|front door|door|"
            r"neighbou?r|reception|safe place|garage|letterbox|concierge|doorman)"
            r"|(?:has been |was )?picked up by (?:the )?(?:recipient|customer|consignee|"
            r"addressee)|\bpod\b"
            r"|successfully (?:handed|dropped)|received by (?:the )?(?:recipient|customer|"
            r"resident)|posted through"),
        (3, r"代为(?:签收|收)|确认(?:已)?收(?:到|货)|自取(?:完成|成功)|(?:放|置)(?:于|在|到|"
            r"至)(?:您)?(?:家)?(?:的)?(?:门口|鞋柜|信箱|指定|前台)|已放(?:门|在|至)|"
            r"已交(?:给|到|由|付)|交(?:给|由)(?:本人|前台|物业|家人|邻居|同事)|领走|"
            r"已完成(?:配送|派送|投递)|圆满|订单(?:已)?完成"),
        (3, r"took it in|accepted by (?:the )?(?:recep|neigh|concierge|security|colleague|"
            r"family)|dropped (?:it )?(?:in|at|off|by|through)|photo taken|"
            r"recipient confirmed|in(?:to)? the hands of|in (?:your|the) (?:letter|"
            r"mail) ?box|at your (?:door|doorstep)|on your (?:doorstep|porch)|"
            r"signature (?:obtained|captured)|given to|handed over at|completed? delivery|"
            r"delivery (?:is |was )?complete"),
    )),
    Kind("ready", SHOPPER, (
        (4, r"(?:请|可|凭|待)[^,。]{0,14}(?:取件|自提|领取|提取)|取件码|待取|自提(?:点|柜)|"
            r"暂存|快递柜|丰巢|驿站|智能柜|代收点|菜鸟|自提"),
        (4, r"(?:ready|available|waiting|held|awaiting|can be collected|collect it|"
            r"pick it up)\b.{0,30}(?:collect|pick ?up|pickup|collection)"
            r"|ready for (?:you|collection|pick)|pick ?up (?:point|location|code|locker)|"
            r"parcel (?:locker|shop)|\blocker\b"
            r"|collection (?:point|code)|(?:at|from) (?:the )?(?:post office|access point)|"
            r"awaiting collection"),
        (4, r"存(?:入|放)|取走|来(?:拿|取|领)|等您|营业厅|\d+号柜|柜(?:机|中|内|门)|保管在|"
            r"代保管|取货(?:码|点)|提货(?:码|点)|(?:取件|提货)通知|便民|便利店|凭码|滞留柜"),
        (4, r"(?:come|go|stop by|call in) (?:and |to )?(?:collect|get|fetch|pick)|"
            r"collect (?:it|your|the|them|this)|(?:you|you'll) (?:can|may|"
            r"will) (?:now )?(?:pick|collect|fetch)|stored (?:in|at)|\bcounter\b|"
            r"bring (?:your |an? )?(?:photo )?(?:id|passport|identification)|"
            r"held (?:for you )?(?:at|for)|keeping it|your (?:pin|code) is|open (?:it|"
            r"the)\b.{0,14}(?:code|pin)|click ?& ?collect|until (?:collected|picked)"),
    )),
    Kind("out", NOBODY, (
        (3, r"today's (?:tour|route|round|run)|on (?:its|the|his|her) (?:tour|round)"),
        (3, r"派送中|正在派(?:送|件)|派件中|开始派送|正在(?:为您)?(?:配送|投递|派)|"
            r"快递员.{0,14}(?:派|送)|安排(?:投递|派送|配送)|派送员|配送员|骑手|今日(?:送达|"
            r"派送)"
            r"|即将(?:送达|派送)|准备派|上门"),
        (3, r"out (?:for|on) delivery|with (?:the |your )?(?:courier|driver|delivery driver|"
            r"postman|carrier driver)|on (?:the )?vehicle"
            r"|driver is|loaded (?:on|onto) (?:the )?(?:delivery )?(?:vehicle|van|truck)|"
            r"(?:will|due to) (?:be delivered|arrive) (?:today|by)"
            r"|on (?:the|its) (?:final|last) (?:leg|mile)|courier (?:is|has)|"
            r"delivery (?:is )?(?:expected )?today|stops away|on the van"),
        (1.5, r"派送|派件|小哥|车次|到您(?:楼下|家|门)|前往您|分钟(?:内|后)?(?:到|送)|"
            r"马上(?:到|送)|末端|送货上门|投递员"),
        (1.5, r"postman|mail carrier|driver|on (?:his|her|their) way|final (?:leg|mile)|"
            r"will be with you|\beta\b|in your (?:area|street|neighbourhood)|nearby|"
            r"arriving (?:today|soon|shortly|between)|next stop|approaching|minutes away|"
            r"your turn"),
    )),
    Kind("transit", NOBODY, (
        (2, r"前往[^,。]{0,6}(?:城市|中转|分拨|集散|中心|网点)"),
        (2, r"已发(?:出|货|往)|离开|到达|已到|运输(?:中|途)|转运|中转|在途|装车|发往|揽(?:收|"
            r"件)|已收件|收寄|入库|出库|分拣|下一站|正(?:发往|运往)|集散|起飞|航班"
            r"|抵达|干线|交接|打包"),
        (2, r"in transit|depart|arriv(?:ed|al)|left (?:the )?(?:facility|hub|depot|origin|"
            r"warehouse|sort|carrier)|processed|accepted (?:at|by)"
            r"|picked up(?! by (?:the )?(?:recipient|customer))|on (?:its|the) way|en route|"
            r"shipped|dispatched|sorted|scanned|sort(?:ing)? (?:cent|facility)"
            r"|received (?:at|by) (?:the )?(?:carrier|facility|depot|hub|origin)|"
            r"in our network|handed to (?:the )?(?:carrier|airline|line ?haul)|hub|depot|"
            r"forwarded"),
        (1.4, r"离港|到港|启运|装柜|目的港|集装箱|封发|直封|路由|开拆|船|港口|中心|分拨|发车|"
            r"网点|快件|交航|装机|落地"),
        (1.4, r"consolidat|container|vessel|airline|tendered|loaded|line ?haul|manifest|"
            r"gateway|collected from (?:the )?(?:sender|seller|merchant|shipper)|\bport\b|"
            r"terminal|airport|partner|carrier|warehouse|moving|sailed|landed|relay"),
    )),
)  # fmt: skip
OTHER = Kind("other", NOBODY, (
    (2.5, r"打分|服务评价|满意度|(?<!商业)发票|营业时间|偏好|订阅|抽奖|公告|优惠活动|会员|积分|"
          r"问卷"),
    (2.5, r"\brate (?:your|our|this|us)\b|survey|(?<!commercial )invoice (?:for|is|of)|"
          r"opening hours|subscri|preferences|newsletter|feedback|loyalty|terms and conditions"),
))  # fmt: skip
BY_CODE = {kind.code: kind for kind in (*KINDS, OTHER)}
# Where a note tells of a thing that is over or did not happen, the words do not count.
UNDONE = re.compile(
    r"(?:无|没有|未见|未发现|非|并未|不会|避免|排除|没)(?=[^,。;]{0,2}$)|\b(?:no|not|"
    r"never|without|isn't|wasn't|avoid)"
    r"(?: any| been| be| yet)?\s*$",
    re.IGNORECASE,
)
OVER = re.compile(
    r"(?:清关|通关|报关|海关)[^,。;]{0,6}(?:完成|完毕|(?<!不)放行|(?<!未)通过|已放|成功)|已放行"
    r"|(?:cleared|released|clearance (?:is |was )?complete|passed|"
    r"finali[sz]ed)[^.;]{0,24}(?:customs|clearance|border)?"
    r"|clearance (?:processing )?complete",
    re.IGNORECASE,
)
