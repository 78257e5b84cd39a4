/**
 * Words that point to a sector and that its official keyword list lacks: everyday names of machines, crops, animals and
 * problems, abbreviations people type, and the short sector names used by other exchanges. Vietnamese and English mixed;
 * every entry is soft evidence, weighted by how few sectors share it.
 */
export const SECTOR_LEXICON: Readonly<Record<string, string>> = {
  "CCT-01":
    "cơ khí chế tạo; cơ khí; gia công kim loại; máy ép thủy lực; máy uốn; động cơ diesel; bánh răng; lớp phủ bề mặt; phun phủ nhiệt; chế tạo thiết bị cơ khí; máy CNC; khuôn đúc; máy tiện; máy phay; trục; ổ bi; machining; gearbox; hydraulic press",
  "CCT-02":
    "giàn khai thác; thiết bị quay; dự đoán hỏng; bảo trì tiên đoán; xe tự hành; dây chuyền; lắp ráp; xử lý ảnh kiểm tra; nhà máy; robot hàn; tự động hóa; robot; rô-bốt; robot vận chuyển; xe tự hành; AGV; AMR; PLC; SCADA; dây chuyền lắp ráp; bảo trì dự đoán; cảm biến rung; tuổi thọ còn lại; dừng máy; kiểm tra ngoại quan; phát hiện lỗi sản phẩm; robot hình người; automation; machine downtime",
  "CCT-03": "ô tô; xe máy điện; xe điện; phụ tùng; động cơ xe; pin xe; lốp xe; automotive; electric motorbike; vehicle",
  "CCT-04":
    "linh kiện điện tử; mạch điện tử; tủ điện; động cơ điện; biến áp; mô tơ; pin mặt trời mô-đun; electronics; transformer",
  "CCT-05":
    "dệt may; dệt nhuộm; dệt lụa; sợi; vải; may mặc; thời trang; quần áo; da giày; sợi lá dứa; tơ; nhuộm; textile; fibre; garment; fabric; polyester; cotton; apparel; dyeing",
  "CCT-06":
    "phòng thử nghiệm; cân điện tử; máy đo; đo chiều cao; kiểm định; đo lường; hiệu chuẩn; kiểm tra không phá hủy; siêu âm kiểm tra; năng suất; chất lượng sản phẩm; quản lý chất lượng; metrology",
  "NNC-01":
    "máy gieo hạt; gieo hạt vào khay; cây trồng chậu; nông nghiệp vật tư; giá thể; đất trồng; hạn mặn; sạ cụm; thụ phấn; bón phân; phun thuốc; máy phun; xới đất; lên luống; trồng nấm; nấm rơm; dưa lưới; xoài; vải thiều; nhãn; thanh long; bưởi; cam; khóm; dứa; khoai; ngô; mía; hoa; cây cảnh; trồng trọt; cây trồng; nông nghiệp tưới tiêu; tưới tự động; tưới tiết kiệm; nhà kính; nhà trồng; nhà lưới; lúa; ruộng; máy cày; máy bừa; máy gieo; máy gặt; máy cấy; cơ khí nông nghiệp; làm đất; nông dân; vườn cây; rau; hồ tiêu; cà phê; sầu riêng; cây ăn quả; hạn mặn; gieo hạt; sạ; canh tác; thu hoạch; sản xuất lúa; dinh dưỡng cây; nông hộ; rice farmers; paddy; irrigation; crop; farm machinery; seeding; rice cultivation",
  "NNC-02":
    "chăn nuôi; thú y; lợn; heo; gà; bò sữa; bò; trâu; dê; vịt; gia súc; gia cầm; dịch tả lợn; cúm gia cầm; chuồng; trại gà; trại lợn; tiêm phòng; vắc xin lợn; thức ăn gia súc; ủ chua; thức ăn bò; phân heo; nước thải chăn nuôi; khí NH3 chuồng; livestock; swine fever; pig; poultry; cattle; veterinary; manure",
  "NNC-03":
    "lâm nghiệp; rừng; trồng rừng; keo lai; gỗ; sấy gỗ; kiểm lâm; mất rừng; chủ rừng; quế; hồi; sa nhân; tre; lâm sản; forest; forestry; timber; wood",
  "NNC-04":
    "nhân giống; cây giống; giống cây; nuôi cấy mô; in vitro; lan; hoa lan; hoa lily; vô tính; giống mới; chọn tạo; nguồn gen; bảo tồn giống; củ giống; vi nhân giống; micropropagation; seedling; orchid; breeding",
  "NNC-05":
    "phụ phẩm lúa; rơm; rạ; đốt đồng; đốt rơm; gốc rạ; sau gặt; vỏ trấu; trấu; phân bón lá; phân trùn; trùn quế; đạm cá; thuốc thảo mộc; bẫy côn trùng; nấm xanh; ong ký sinh; phân chuồng; chuột; phân bón; phân hữu cơ; phân vi sinh; phân compost; ủ rơm; rơm rạ; đốt rơm; thuốc trừ sâu; bảo vệ thực vật; BVTV; sâu bệnh; nấm bệnh; tuyến trùng; ruồi đục quả; than sinh học; biochar; giữ ẩm đất; chế phẩm vi sinh; sâu keo; rầy; bệnh cây; rice straw; straw; compost; fertiliser; fertilizer; pest; biopesticide; pesticide",
  "NNC-06":
    "máy bay không người lái phun; app; ứng dụng cho nông dân; cơ giới hóa nông nghiệp; dịch vụ drone; bản đồ sâu bệnh; dự báo mùa vụ; nông nghiệp cơ giới hóa; nông nghiệp chính xác; nông nghiệp số; máy bay phun thuốc; drone nông nghiệp; vùng trồng; OCOP; nhật ký canh tác; app nông nghiệp; tư vấn nông dân; precision agriculture; farm app; agritech",
  "CBT-01":
    "chế biến thủy sản; chế biến hải sản; phụ phẩm cá; da cá; xương cá; đầu tôm; vỏ tôm; vỏ cua; phi lê; cá tra; cá basa; nước mắm; mắm; surimi; chả cá; cá khô; mực khô; chitosan; collagen da cá; bì cá; mỡ cá; hải sản; seafood; fish skin; shrimp shell; by-product of fish",
  "CBT-02":
    "thực phẩm; chế biến thực phẩm; phụ gia thực phẩm; sữa chua; sữa; tinh bột biến tính; bánh; kẹo; đường; muối; đậu nành; đậu phụ; nem; thịt; xúc xích; trứng muối; mứt; rau củ sấy; vỏ trái cây; vỏ cà phê; bã mía; bã cà phê; bã bia; dầu ăn; bột trái cây; ép dầu; chế biến nông sản; sấy; máy sấy; sấy nông sản; sấy bơm nhiệt; nhà sấy; sấy năng lượng mặt trời; tinh dầu; chưng cất; dừa; nước cốt dừa; bã dừa; cơm dừa; xơ dừa; tinh bột; bún; miến; trà; chè; cà phê rang; rượu; bia; nước ép; sốt; gia vị; bột nghệ; mật ong; hạt điều; ca cao; xay xát; gạo; đồ uống; phụ phẩm nông sản; drying; dryer; coconut; essential oil; fruit processing; beverage",
  "CBT-03":
    "bảo quản nông sản; bảo quản hoa quả; bảo quản; màng bao gói; khí quyển biến đổi; MAP; màng bọc; phủ quả; kho mát; cấp đông; tươi lâu; giữ lạnh; làm lạnh; hạ nhiệt; đông lạnh; vận chuyển lạnh; sau thu hoạch; shelf life; freezing; cold store; refrigeration",
  "CBT-04":
    "thuốc trừ sâu trong; tồn dư; sắc ký; phân tích dư lượng; phát hiện nhanh; an toàn thực phẩm kiểm nghiệm; ngộ độc; chất cấm; adn trong thực phẩm; melamine; histamine; aflatoxin; an toàn thực phẩm; ATTP; dư lượng; hàn the; kim loại nặng trong thực phẩm; kiểm tra nhanh; độc tố; formol; food safety; residue; contaminants",
  "CBT-05":
    "thực phẩm chức năng; viên nang; bổ sung dinh dưỡng; prebiotic; thực phẩm dinh dưỡng; peptide; dinh dưỡng; sữa hạt; tảo xoắn; nấm linh chi; nutrition; functional food; dietary supplement",
  "CBT-06":
    "máy bóc vỏ trứng; cơ khí chế biến thực phẩm; bóc trứng; máy tráng bánh; máy làm bún; máy đóng gói; máy hút chân không; bếp công nghiệp; máy nghiền; máy trộn; máy xay; bóc lụa; thiết bị chế biến; máy vắt; máy tách hạt; máy sơ chế; sơ chế nông sản; máy rửa; máy phân loại; phân loại quả; máy bóc vỏ; máy tách vỏ; máy lột; máy đánh bóng; máy gọt; máy ép; máy cắt; máy thái; máy chẻ; đóng gói; bao bì; đóng chai; máy chiết rót; tách hạt; sorting machine; peeling; washing machine for fruit; packaging",
  "KTB-01":
    "nuôi biển; lồng nuôi; lồng bè; bè nuôi; nuôi lồng; nuôi hàu; hàu; tôm hùm; cá mú; cá song; cá bớp; cá lồng; phao xốp; phao nhựa; rong biển; rong nho; rong sụn; ngọc trai; nuôi nhuyễn thể; mariculture; sea cage; lobster; oyster; seaweed farming",
  "KTB-02":
    "giống thủy sản; con giống; tôm giống; cá giống; sản xuất giống; sinh sản nhân tạo; ấu trùng; trại giống; nhân giống cá; giống cua; hatchery; fingerling; broodstock; larvae",
  "KTB-03":
    "nuôi tôm; ao tôm; ao nuôi; tôm thẻ; tôm sú; nuôi trồng thủy sản; nuôi cá; cá chình; cá rô phi; lươn; ếch; tuần hoàn nước nuôi; máy cho tôm ăn; quạt nước; sục khí; oxy hòa tan; thủy sản nước ngọt; aquaculture; shrimp farm; shrimp pond; fish pond; dissolved oxygen",
  "KTB-04":
    "bệnh trên cá; phòng bệnh; phòng bệnh cá; mủ gan; gan thận mủ; trộn thức ăn cá; tăng đề kháng; giảm kháng sinh; vi khuẩn gây bệnh; đốm trắng; chết sớm; bổ sung vào thức ăn nuôi; thức ăn thủy sản; thức ăn tôm; thức ăn cá; bệnh tôm; bệnh cá; vibrio; kháng sinh thủy sản; vắc xin cá; luân trùng; men vi sinh nuôi tôm; bột cá; ruồi lính đen; aquafeed; fish disease; fish meal",
  "KTB-05":
    "lái thủy lực; bộ lái; xi lanh tàu; neo; tời kéo lưới; chân vịt; đèn câu; đèn dụ cá; máy dò cá; hầm cá; vỏ lãi; đội tàu; khai thác hải sản; đánh bắt; tàu cá; tàu thuyền; ngư dân; ngư cụ; lưới; cá ngừ; câu; lưới chụp; hầm bảo quản; đá sệt; đóng tàu; vỏ tàu; thuyền; xuồng; ghe; composite tàu; máy tàu; ngư trường; fishing; vessel; tuna; fishing boat; purse seine; ship",
  "KTB-06":
    "bờ biển; bãi biển; bãi tắm; rác biển; rác nổi; rác đại dương; vớt rác; thu gom rác nổi; san hô; kè biển; kè mềm; xâm thực; sạt lở bờ biển; dầu tràn; tràn dầu; nước biển quan trắc; môi trường biển; đê biển; coral; beach; seawater monitoring; marine debris; shoreline; breakwater",
  "SHY-01":
    "công nghệ sinh học; vi sinh; vi khuẩn; nấm men; enzym; chủng; lên men; nuôi cấy vi sinh; giống gốc vi sinh; sinh khối nấm; đông trùng hạ thảo; DNA; biotechnology; microbial; yeast; bacteria",
  "SHY-02":
    "y dược dược liệu; nghệ; củ nghệ; hoạt chất thiên nhiên; flavonoid; saponin; polyphenol; trinh nữ hoàng cung; chùm ngây; gừng; cao lỏng; dược liệu; cây thuốc; sâm; sâm ngọc linh; cao chiết; chiết xuất; thảo dược; đông y; y học cổ truyền; nấm dược liệu; tam thất; hà thủ ô; đinh lăng; medicinal plant; herbal medicine; ginseng; extract",
  "SHY-03":
    "dược; hãng thuốc; y dược; sinh khả dụng; curcumin; nano curcumin; tan nước; đường uống; dạng uống; kháng viêm; kháng sinh mới; liposome; công ty dược; nhà thuốc; thuốc; dược phẩm; bào chế thuốc; viên nén; viên nang mềm; nguyên liệu dược; mỹ phẩm; khẩu trang; khẩu trang y tế; gel rửa tay; băng gạc; nano curcumin; tá dược; sinh phẩm; pharmaceutical; drug; cosmetics; mask; excipient",
  "SHY-04":
    "da liễu; soi da; thiết bị AI chẩn đoán; y tế AI; X-quang; MRI; CT; ảnh y khoa; tế bào gốc; khớp; xương; mổ; răng; tim mạch; điện tim; huyết áp; đường huyết; tay giả; chất liệu cấy ghép; nẹp; thiết bị y tế; y tế thiết bị; thiết bị trợ giúp; người khiếm thị; người khuyết tật; người khiếm thính; xe lăn; gậy thông minh; chân tay giả; máy thở; implant; in 3D y tế; phẫu thuật; ung thư; xét nghiệm; bộ kit; chẩn đoán; que thử; siêu âm; nội soi; phục hồi chức năng; chỉnh hình; blind people; wheelchair; prosthesis; diagnostic; medical; biosensor; test strip",
  "SHY-05":
    "bệnh án; bệnh án điện tử; y tế CNTT; bệnh viện; khám bệnh; đặt lịch khám; hồ sơ bệnh án; telehealth; khám từ xa; người cao tuổi; theo dõi sức khỏe; đăng ký khám; hospital; patient; health record; telehealth; EMR",
  "KKM-01":
    "khai thác mỏ than; hầm lò; mỏ hầm lò; đào lò; vì chống; giàn chống; máy khấu; than hầm lò; khai thác than; vận tải mỏ; tời; băng tải than; underground mine; coal mine",
  "KKM-02":
    "mỏ lộ thiên; khai thác lộ thiên; nổ mìn; bờ mỏ; bãi thải; bốc xúc; xe tải mỏ; tầng sâu; moong; khai thác đá; open-pit; blasting; quarry",
  "KKM-03":
    "tự cháy của than; cháy nội sinh; phòng thí nghiệm mỏ; nổ bụi than; khí mỏ; đá rơi; sập lò; cứu nạn mỏ; phòng nổ; khí mê tan; khí mêtan; CH4; cháy nổ khí; thông gió; mạng gió; tháo khí; an toàn mỏ; bục nước; định vị thợ lò; cứu hộ mỏ; nội sinh; cháy mỏ; methane in mines; mine safety; gas drainage",
  "KKM-04":
    "tuyển khoáng; tuyển than; quặng; khoáng sản; tinh quặng; nghiền tuyển; bùn than; apatit; cao lanh; titan; đất hiếm; sàng than; mineral; ore; beneficiation; tailings",
  "KKM-05":
    "nước thải mỏ; nước mỏ; bụi mỏ; hoàn nguyên; phục hồi mỏ; hoàn thổ; bãi thải mỏ; mangan; nước thải khai khoáng; ô nhiễm khai khoáng; mine water; mine rehabilitation; manganese",
  "KKM-06":
    "không gian ngầm; lò cũ; sụt lún; lún mặt đất; địa chất; du lịch mỏ; karst; hố sụt; subsidence; geological survey; sinkhole",
  "NLG-01":
    "nhiệt điện; nhà máy nhiệt điện; lò hơi; phát điện; tuabin; lọc bụi tĩnh điện; khử lưu huỳnh; đốt than; nồi hơi; than trấu; khí hóa; boiler; thermal power; turbine; electrostatic precipitator",
  "NLG-02":
    "hầm ủ; khí gas; năng lượng biogas; sóng biển phát điện; địa nhiệt; điện áp mái; điện sinh khối; điện trấu; củi trấu; điện mặt trời; năng lượng mặt trời; pin mặt trời; NLMT; ĐMT; điện gió; tuabin gió; biogas; hầm biogas; khí sinh học; thủy điện nhỏ; viên nén sinh khối; năng lượng tái tạo; NLTT; solar; wind; hydropower; renewable; biomass pellet",
  "NLG-03":
    "pin; ắc quy; lưu trữ điện; pin lưu trữ; trạm sạc; đổi pin; hydro; hyđrô; nhiên liệu hydro; pin nhiên liệu; battery; hydrogen; charging; battery swap; energy storage",
  "NLG-04":
    "tiết kiệm điện; tiết kiệm năng lượng; đèn LED; chiếu sáng; chiếu sáng công cộng; chiếu sáng đường; hiệu suất năng lượng; điều hòa; nhiệt thải; bơm nhiệt; bếp tiết kiệm; giảm điện; energy saving; LED; lighting; energy efficiency; waste heat; street lighting",
  "NLG-05":
    "lưới điện; đường dây; trạm biến áp; công tơ; điện lực; cáp ngầm; mất điện; sự cố lưới; hành lang an toàn lưới điện; cách điện; hotline; power grid; substation; meter; transmission line",
  "VLX-01":
    "vật liệu xây dựng; VLXD; gạch; ngói; gạch nung; gạch đất nung; gạch không nung; gạch block; xi măng; bê tông; bê tông khí; gốm; gốm sứ; thạch cao; vữa; kính; sơn nước; lò gạch; brick; cement; concrete; ceramic; tile; building material",
  "VLX-02":
    "tro bay; tro xỉ; xỉ than; xỉ thép; xỉ; cát nhân tạo; cát nghiền; cát xay; geopolymer; bã thạch cao; phế thải xây dựng làm vật liệu; phosphogypsum; fly ash; slag; bottom ash; manufactured sand",
  "VLX-03":
    "nano; vật liệu nano; composite; graphen; hydrogel; hấp phụ; xúc tác; quang xúc tác; nano bạc; màng lọc nano; ống nano; LDH; vật liệu tiên tiến; aerogel; nanoparticle; adsorbent; catalyst; composite material",
  "VLX-04":
    "nhựa; cao su; polyme; polymer; nhựa sinh học; phân hủy sinh học; túi nilon; túi phân hủy; PLA; PBAT; PHA; nhựa tự hủy; vi nhựa; ống hút; bao bì phân hủy; sơn; sơn mài; keo; plastic; rubber; biodegradable; bioplastic; polymer; paint; lacquer",
  "VLX-05":
    "thép; kim loại; hợp kim; luyện kim; nhôm; đồng; mạ; mạ điện; mạ kẽm; đúc; ăn mòn; chống ăn mòn; xi mạ; nhà máy thép; steel; alloy; metal; corrosion; galvanizing; aluminium",
  "VLX-06":
    "hóa chất; thuốc nổ; keo tụ; PAC; than hoạt tính; phụ gia; chất hoạt động; dung môi; chất trợ; axit; chất tẩy rửa; dầu bôi trơn; chemical; activated carbon; coagulant; surfactant; solvent; detergent; lubricant",
  "MTR-01":
    "chưng cất nước; nước mặn; nước uống; nhiễm mặn; nhiễm phèn; nước lũ; lọc nước giếng; làng nghề; nước thải làng nghề; nước rửa; sắt trong nước; florua; nước hồ; tảo lam; nuôi tảo xử lý; màu nước thải; dầu mỡ trong nước thải; nước thải; xử lý nước thải; XLNT; nước thải dệt nhuộm; nước thải y tế; nước thải bệnh viện; nước thải sinh hoạt; nước thải công nghiệp; nước cấp; cấp nước; lọc nước; máy lọc nước; nước sạch; nước ngầm; giếng; asen; khử mặn; nước ngọt; nước nhiễm mặn; nước lợ; RO; BOD; COD; amoni; QCVN; bể sinh học; AAO; bùn; bùn hoạt tính; nước đen; trạm xử lý nước; sewage; wastewater; drinking water; arsenic; water treatment; effluent; groundwater; desalination",
  "MTR-02":
    "tái chế nhựa; nhựa thải; nhựa phế thải; pin thải; bùn thải làm; dầu thải; vớt rác kênh; kênh rạch; rác kênh rạch; tro đốt rác; rác chợ; ruộng rác; vỏ bao thuốc bảo vệ thực vật; rác; rác thải; chất thải rắn; CTR; chất thải nguy hại; CTNH; lò đốt; đốt rác; phân loại rác; rác sinh hoạt; rác hữu cơ; rác nông thôn; bãi rác; chôn lấp; nước rỉ rác; tái chế; nhiệt phân; lốp xe phế thải; phế liệu; ủ rác; rác điện tử; pyrolysis; solid waste; garbage; incineration; recycling; landfill; municipal waste",
  "MTR-03":
    "khí thải; khói; bụi; mùi; mùi hôi; dập bụi; lọc bụi; hút bụi; tiếng ồn; khử mùi; VOC; khói hàn; lọc không khí; ô nhiễm không khí; dioxin; exhaust; dust; odour; air pollution; emission control; noise",
  "MTR-04":
    "quan trắc; quan trắc tự động; trạm quan trắc; viễn thám; ảnh vệ tinh; GIS; bản đồ; xâm nhập mặn; độ mặn; chất lượng không khí; cảm biến không khí; đất đai; đo đạc; trắc địa; CORS; địa chính; remote sensing; satellite; monitoring station; air quality; mapping; salinity",
  "MTR-05":
    "khí nhà kính; các-bon; carbon; phát thải; giảm phát thải; tín chỉ carbon; biến đổi khí hậu; net zero; thu giữ CO2; ESG; sản xuất xanh; greenhouse gas; emission reduction; climate; decarbonisation; low-carbon",
  "MTR-06":
    "đa dạng sinh học; rừng ngập mặn; vườn quốc gia; khu bảo tồn; động vật hoang dã; cây ngập mặn; đước; loài; hệ sinh thái; mai dương; ốc bươu vàng; bèo tây; lục bình; biodiversity; mangrove; wildlife; conservation; invasive",
  "CNS-01":
    "trí tuệ nhân tạo; TTNT; học sâu; deep learning; mô hình ngôn ngữ; dữ liệu lớn; nhận dạng; nhận diện hình ảnh; giọng nói; chuyển giọng nói; OCR; dự báo bằng AI; AI tạo sinh; machine learning; speech; recognition; prediction model",
  "CNS-02":
    "trích xuất dữ liệu; tài liệu giấy; hóa đơn; quản lý nhân sự; chấm công; bán hàng đa kênh; CNTT số hóa tài liệu; tra cứu văn bản; lưu trữ hồ sơ; phần mềm; CNTT quản trị doanh nghiệp; quản trị doanh nghiệp; hợp đồng điện tử; ký số; chữ ký số; báo giá; phê duyệt; quy trình phê duyệt; văn bản; số hóa; số hóa tài liệu; kế toán; ERP; quản lý kho dữ liệu; workflow; tổng đài; chăm sóc khách hàng; contact center; software; e-contract; document management; CRM",
  "CNS-03":
    "IoT; LoRa; LoRaWAN; cảm biến; vạn vật; thiết bị thông minh; viễn thông; sóng; mạng không dây; điều khiển qua điện thoại; wireless; sensor network; telecom",
  "CNS-04":
    "blockchain; chuỗi khối; truy xuất; tem; mã QR; chống giả; hàng giả; truy xuất nguồn gốc; TXNG; nguồn gốc; hộ chiếu số; traceability; anti-counterfeit; QR code; provenance",
  "CNS-05":
    "an ninh mạng; an toàn thông tin; mã độc; tấn công; bảo mật; đám mây; máy chủ; trung tâm dữ liệu; lưu trữ dữ liệu; cybersecurity; malware; cloud; server",
  "CNS-06":
    "chip; vi mạch; bán dẫn; mạch tích hợp; quang tử; laser; lượng tử; MEMS; semiconductor; microchip; integrated circuit; photonics",
  "CNS-07": "drone; UAV; flycam; máy bay không người lái; thiết bị bay; khinh khí cầu; unmanned aerial",
  "DTX-01":
    "đô thị thông minh; IOC; điều hành đô thị; đô thị; camera an ninh; bãi đỗ xe; cây xanh đô thị; smart city; urban; parking",
  "DTX-02":
    "xây dựng; nền móng; móng; cọc; kết cấu; nhà lắp ghép; bim; cốp pha; nhà nổi; nhà chống bão; công trình; thi công; dầm; sàn; khe nứt; hố đào; construction; foundation; building structure; prefabricated",
  "DTX-03":
    "đọc số từ xa; chỉ số nước; ghi số; đồng hồ nước; đồng hồ cơ; trộm nước; cấp nước đo lường; áp lực mạng lưới; van; trạm bơm; kênh mương; thủy lợi; thoát nước; chống ngập; ngập; ngập úng; thất thoát nước; rò rỉ; mạng ống; đường ống nước; cống; hố ga; triều cường; chống thất thoát; đồng hồ nước; leak; drainage; flooding; pipe network; non-revenue water",
  "DTX-04":
    "tòa nhà; nhà thông minh; căn hộ; thang máy; điều hòa trung tâm; mái nhà; chống nóng; cách nhiệt; smart home; green building; HVAC",
  "DTX-05":
    "khu công nghiệp; KCN; cụm công nghiệp; CCN; khu kinh tế; KKT; khu chế xuất; industrial park; industrial zone",
  "GTL-01":
    "cảng; cảng biển; bến cảng; cầu cảng; tàu container; cẩu; nạo vét; luồng tàu; điều hành cảng; ePort; port; terminal; dredging; berth",
  "GTL-02":
    "logistics; vận tải; kho; kho tự động; WMS; TMS; AS/RS; pallet; giao vận; nhà vận chuyển; xe tải; đội xe; tuyến đường vận chuyển; chi phí vận chuyển; chuỗi cung ứng; warehouse; freight; fleet; delivery route; supply chain",
  "GTL-03":
    "cửa khẩu; hải quan; thông quan; biên giới; kiểm hóa; xuất nhập khẩu; kiểm dịch thực vật; Móng Cái; border gate; customs; quarantine inspection",
  "GTL-04":
    "tài xế; giám sát tài xế; ngủ gật; giao thông an toàn; xe khách; phạt nguội; biển số xe; bãi giữ xe; vượt đèn đỏ; mũ bảo hiểm; camera hành trình; giao thông; đèn giao thông; đèn tín hiệu; tắc đường; ùn tắc; vi phạm giao thông; xe buýt; tai nạn; lái xe; buồn ngủ khi lái; tải trọng xe; traffic; congestion; intelligent transport; driver; bus",
  "GTL-05":
    "cầu treo; cầu dân sinh; cầu cáp; ngầm tràn; vượt suối; qua suối; cầu gỗ; cầu phao; vật liệu cầu đường; dải phân cách; hộ lan; ổ gà; mặt cầu; dầm cầu; bê tông rỗng; cầu đường; đường bộ; mặt đường; nhựa đường; bê tông nhựa; đường ô tô; cầu; nền đường; đất yếu; taluy; kết cấu áo đường; hầm đường bộ; đường giao thông nông thôn; pavement; asphalt; road; bridge; soft soil",
  "GTL-06":
    "thương mại điện tử; bán hàng trực tuyến; sàn thương mại; chuyển phát; bưu cục; bưu chính; livestream; thanh toán; cửa hàng; e-commerce; online shop; parcel; marketplace",
  "DLV-01":
    "du lịch; khách du lịch; du khách; điểm đến; thuyết minh; hướng dẫn viên; tour; vé; du lịch công nghệ số; vé điện tử; tham quan; tourism; tourist; travel; visitor; guide",
  "DLV-02":
    "kính thực tế ảo; cung đình; hoàng cung; làng nghề truyền thống; nghề thủ công; cổ vật; khảo cổ; thư viện số; âm nhạc; game; phim; bảo tàng; di sản; di tích; trùng tu; hiện vật; số hóa 3D; thực tế ảo; VR; AR; hologram; quét 3D; lịch sử; cố đô; phố cổ; văn hóa; trưng bày; triển lãm; museum; heritage; virtual reality; relic; exhibition",
  "DLV-03":
    "khách sạn; nhà hàng; quán; homestay; buồng phòng; bếp; giặt; PMS; lưu trú; hotel; restaurant; hospitality; straws",
  "DLV-04":
    "giáo dục; học sinh; sinh viên; trường học; dạy học; giảng dạy; đào tạo; lớp học; bài giảng; thi; STEM; dạy lập trình; thí nghiệm; mô phỏng; robot giáo dục; education; teaching; school; student; training; classroom",
  "DLV-05":
    "khởi nghiệp; sở hữu trí tuệ; tư vấn; định giá; ươm tạo; thương hiệu; thiết kế sản phẩm; chuyển giao công nghệ; startup; incubator; consulting; intellectual property",
  "QAT-01":
    "chính sách ưu đãi; xúc tiến đầu tư; nhà đầu tư; văn bản pháp luật; xã; huyện; tiếp dân; kiến nghị; chính sách; CNTT chính quyền số; chính quyền số; thủ tục hành chính; hành chính công; dịch vụ công; công dân; một cửa; phường; UBND; hồ sơ hành chính; lệ phí; người dân; công chức; cán bộ; hỏi đáp thủ tục; cải cách hành chính; e-government; public service; administrative procedure; citizen",
  "QAT-02":
    "kè chống sạt lở; sạt lở bờ sông; kè; bờ sông; áo phao; nhà chống lũ; cảnh báo ngầm tràn; loa báo; báo động; phao cứu sinh; hồ chứa; vỡ đập; đập; dòng chảy lũ; thiên tai; phòng chống thiên tai; lũ; lũ quét; lũ ống; sạt lở; sạt lở đất; trượt lở; sụt trượt; bão; ngập lụt; cảnh báo lũ; cảnh báo sạt lở; cứu nạn; cứu hộ; cứu sinh; đuối nước; hạn hán; động đất; mưa lớn; đo mưa; landslide; flood warning; typhoon; disaster; rescue; early warning",
  "QAT-03":
    "an ninh; an ninh trật tự; tội phạm; cảnh sát; công an; giám sát camera; nhận diện khuôn mặt; lừa đảo; biên phòng; tuần tra; phòng chống ma túy; rà phá bom mìn; police; security surveillance; face recognition; crime; mine clearance",
  "QAT-04":
    "cháy; chữa cháy; PCCC; cháy rừng; báo cháy; thoát hiểm; bảo hộ lao động; an toàn lao động; ATLĐ; chống cháy; khói; dập lửa; tai nạn lao động; lửa rừng; firefighting; fire alarm; forest fire; worker safety",
  "QAT-05":
    "phóng xạ; bức xạ; hạt nhân; chiếu xạ; tia gamma; chất phóng xạ; liều; đồng vị; năng lượng nguyên tử; radiation; nuclear; irradiation; isotope; radioactive",
};
