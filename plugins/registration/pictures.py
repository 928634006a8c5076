"""发来登记表的图片：说了登记、或正在填的，看得到就照图里的字读。"""

from bot.assistant import Assistant
from bot.messages import Message, Reply
from bot.registration import Kind, sees_pictures, text_of_pictures

from .drafting import fill
from .routes import routes
from .sheets import several


@routes.dialogue
async def take_picture(assistant: Assistant, message: Message) -> Reply | None:
    """图里的一所写进草稿，好几所一起出示；不是登记的留给别处。"""
    if not message.addressed or not message.images or not sees_pictures():
        return None
    if assistant.gateways is None or message.person.is_anonymous:
        return None
    service = assistant.registration
    drafted = await service.draft(message.person, Kind.CONTACT) is not None
    if "登记" not in message.text and (message.text or not drafted):
        return None
    text = await text_of_pictures(assistant.gateways, message)
    if rows := await several(assistant, message, text):
        return rows
    reading = service.read(Kind.CONTACT, text)
    if len(reading.fields) < 2:
        return None
    return await fill(assistant, message, Kind.CONTACT, reading, starting=True)
