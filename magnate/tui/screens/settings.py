"""The settings: language, theme, motion, the pace of bots, and how to be called."""

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import Label, Select, Switch

from magnate.client.pace import PACES
from magnate.texts import LANGUAGES
from magnate.tui.board.palette import THEME_PALETTES
from magnate.tui.messages import PreferencesChanged
from magnate.tui.preferences.stored import CALLS, Preferences
from magnate.tui.screens.lobby import LobbyScreen


class SettingsScreen(LobbyScreen):
    """Each change counts at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "back", id="lobby.back")]

    def title_text(self) -> str:
        """Return what stands above the screen."""
        return self.context.say("settings_title")

    def body(self) -> ComposeResult:
        """Lay out the choices."""
        say, preferences = self.context.say, self.context.preferences
        with Container(id="form-place"), Vertical(id="form"):
            yield Label(say("settings_lang"))
            languages = [(say(f"lang_{lang}"), lang) for lang in LANGUAGES]
            yield Select(languages, value=preferences.lang, allow_blank=False, id="lang")
            yield Label(say("settings_theme"))
            themes = [(say(f"theme_{theme}"), theme) for theme in THEME_PALETTES]
            yield Select(themes, value=preferences.theme, allow_blank=False, id="theme")
            yield Label(say("settings_pace"))
            paces = [(say(f"pace_{pace}"), pace) for pace in PACES]
            yield Select(paces, value=preferences.pace, allow_blank=False, id="pace")
            yield Label(say("settings_call"))
            calls = [(say(f"call_{call}"), call) for call in CALLS]
            yield Select(calls, value=preferences.call, allow_blank=False, id="call")
            yield Label(say("settings_animation"))
            yield Switch(preferences.animation, id="animation")

    @on(Select.Changed)
    def choose(self, event: Select.Changed) -> None:
        """Take another of what has several choices."""
        chosen, now = str(event.value), self.context.preferences
        match event.select.id:
            case "lang":
                self._change(replace(now, lang=chosen))
            case "theme":
                self._change(replace(now, theme=chosen))
            case "pace":
                self._change(replace(now, pace=chosen))
            case "call":
                self._change(replace(now, call=chosen))

    @on(Switch.Changed)
    def switch(self, event: Switch.Changed) -> None:
        """Turn motion on or off."""
        self._change(replace(self.context.preferences, animation=event.value))

    def _change(self, preferences: Preferences) -> None:
        if preferences != self.context.preferences:
            self.post_message(PreferencesChanged(preferences))
