"""Which files are taken from which npm packages, and where they go."""

from __future__ import annotations


def _family(folder: str, package: str, styles: str) -> dict[str, dict[str, str]]:
    """Returns what is taken of a package of Expo's Google fonts: one file for each style, such as `400Regular`."""
    name, *chosen = styles.split()
    files = {f"package/{style}/{name}_{style}.ttf": f"fonts/{folder}/{name}_{style}.ttf" for style in chosen}
    return {package: {"package/LICENSE_FONT": f"fonts/{folder}/LICENSE"} | files}


# npm package -> member of its archive -> where it goes. A `.br` file is unpacked; a `.tar.br` into a folder.
RECIPE = {
    "p5": {"package/lib/p5.min.js": "p5/p5.min.js", "package/license.txt": "p5/license.txt"},
    "p5.brush": {
        "package/dist/p5.brush.js": "p5.brush/p5.brush.js",
        "package/LICENSE.md": "p5.brush/LICENSE.md",
    },
    "@sparticuz/chromium": {
        "package/LICENSE": "chromium/LICENSE",
        "package/bin/chromium.br": "chromium/chrome",
        "package/bin/swiftshader.tar.br": "chromium",
        "package/bin/al2023.tar.br": "chromium",
        "package/bin/fonts.tar.br": "chromium/fontconfig",
    },
    "htmlhint": {
        "package/LICENSE.md": "htmlhint/LICENSE.md",
        "package/dist/htmlhint.min.js": "htmlhint/htmlhint.min.js",
    },
    "axe-core": {
        "package/LICENSE": "axe-core/LICENSE",
        "package/LICENSE-3RD-PARTY.txt": "axe-core/LICENSE-3RD-PARTY.txt",
        "package/axe.min.js": "axe-core/axe.min.js",
    },
    **_family(
        "inter",
        "@expo-google-fonts/inter",
        "Inter 200ExtraLight 300Light 400Regular 500Medium 600SemiBold 700Bold 800ExtraBold 900Black "
        "400Regular_Italic 500Medium_Italic 700Bold_Italic",
    ),
    **_family(
        "source-serif-4",
        "@expo-google-fonts/source-serif-4",
        "SourceSerif4 300Light 400Regular 600SemiBold 700Bold 900Black 400Regular_Italic 700Bold_Italic",
    ),
    **_family(
        "source-code-pro",
        "@expo-google-fonts/source-code-pro",
        "SourceCodePro 400Regular 500Medium 600SemiBold 700Bold 400Regular_Italic",
    ),
    **_family("caveat", "@expo-google-fonts/caveat", "Caveat 400Regular 700Bold"),
    **_family("anton", "@expo-google-fonts/anton", "Anton 400Regular"),
    **_family(
        "zen-kaku-gothic-new",
        "@expo-google-fonts/zen-kaku-gothic-new",
        "ZenKakuGothicNew 400Regular 700Bold",
    ),
    **_family("zcool-xiaowei", "@expo-google-fonts/zcool-xiaowei", "ZCOOLXiaoWei 400Regular"),
    **_family("nanum-gothic", "@expo-google-fonts/nanum-gothic", "NanumGothic 400Regular 700Bold"),
    "dejavu-fonts-ttf": {
        "package/LICENSE": "fonts/dejavu/LICENSE",
        "package/ttf/DejaVuSans.ttf": "fonts/dejavu/DejaVuSans.ttf",
        "package/ttf/DejaVuSans-Bold.ttf": "fonts/dejavu/DejaVuSans-Bold.ttf",
    },
    **_family("noto-color-emoji", "@expo-google-fonts/noto-color-emoji", "NotoColorEmoji 400Regular"),
}
